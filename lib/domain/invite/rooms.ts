import type { Asker } from "@/lib/policy/decision";
import { mayAddMembers } from "@/lib/policy/room";
import type { Tx } from "@/lib/server/db";

/** Finds those of these rooms to which the inviter may add others now. */
export async function roomsInviterMayAddTo(tx: Tx, organizationId: string, inviter: Asker, roomIds: string[]) {
  const memberships = { where: { personId: inviter.personId }, select: { role: true } };
  const rooms = await tx.room.findMany({
    where: {
      organizationId,
      kind: "channel",
      deletedAt: null,
      id: { in: roomIds },
      bans: { none: { personId: inviter.personId } },
    },
    include: { memberships },
  });
  return rooms.filter((room) => mayAddMembers(inviter, room, room.memberships[0] ?? null).ok);
}
