import type { Asker } from "@/lib/policy/decision";
import { mayAddMembers } from "@/lib/policy/room";
import type { Prisma, Tx } from "@/lib/server/db";

interface Offer {
  inviter: Asker;
  roomIds: string[];
}
type RoomRow = Prisma.RoomGetPayload<object>;

/** For each offer, finds those of its rooms to which the inviter may add others now. */
export async function roomsOfOffers(tx: Tx, organizationId: string, offers: Offer[]): Promise<RoomRow[][]> {
  if (offers.length === 0) return [];
  const ofInviters = { where: { personId: { in: [...new Set(offers.map(({ inviter }) => inviter.personId))] } } };
  const rooms = await tx.room.findMany({
    where: {
      organizationId,
      kind: "channel",
      deletedAt: null,
      id: { in: [...new Set(offers.flatMap(({ roomIds }) => roomIds))] },
    },
    include: {
      memberships: { ...ofInviters, select: { personId: true, role: true } },
      bans: { ...ofInviters, select: { personId: true } },
    },
  });
  return offers.map(({ inviter, roomIds }) => {
    const ids = new Set(roomIds);
    const isInviter = ({ personId }: { personId: string }) => personId === inviter.personId;
    return rooms.filter(
      (room) =>
        ids.has(room.id) &&
        !room.bans.some(isInviter) &&
        mayAddMembers(inviter, room, room.memberships.find(isInviter) ?? null).ok,
    );
  });
}

/** Finds those of these rooms to which the inviter may add others now. */
export async function roomsInviterMayAddTo(tx: Tx, organizationId: string, inviter: Asker, roomIds: string[]) {
  const [rooms = []] = await roomsOfOffers(tx, organizationId, [{ inviter, roomIds }]);
  return rooms;
}
