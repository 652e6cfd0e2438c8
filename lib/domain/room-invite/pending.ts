import type { RoomInvite } from "@/lib/contract/room-invite";
import type { Actor } from "@/lib/server/actor";
import type { Prisma, Tx } from "@/lib/server/db";
import { roomInviteFields, toRoomInvite } from "./to-room-invite";

/** For Prisma: matches the invites that wait for the actor's answer. */
export const pendingFor = ({ organizationId, personId }: Actor) =>
  ({ organizationId, personId, state: "pending", expiresAt: { gt: new Date() } }) satisfies Prisma.RoomInviteWhereInput;

/** For Prisma: matches those of them that the actor's lists show. Only the list of blocked people shows the others. */
export const listedFor = (actor: Actor) =>
  ({
    ...pendingFor(actor),
    inviter: { blockedBy: { none: { blockerId: actor.personId } } },
  }) satisfies Prisma.RoomInviteWhereInput;

/** The home has at most this many invites. */
const maxInHome = 100;

/** The newest invites that the actor's lists show, newest first. */
export async function pendingInvites(tx: Tx, actor: Actor): Promise<RoomInvite[]> {
  const rows = await tx.roomInvite.findMany({
    where: listedFor(actor),
    include: roomInviteFields,
    orderBy: { id: "desc" },
    take: maxInHome,
  });
  return rows.map((row) => toRoomInvite(row, actor.personId));
}
