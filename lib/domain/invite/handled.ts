import type { Invite } from "@/lib/contract/invite";
import { handledInvites, mayManageInvites } from "@/lib/policy/organization";
import { mayFind } from "@/lib/policy/room";
import type { Actor } from "@/lib/server/actor";
import type { Tx } from "@/lib/server/db";
import { roomsInviterMayAddTo } from "./rooms";
import { closedReason, type InviteRow, toInvite } from "./to-invite";

/** The invites that the actor may see, send again and revoke. For Prisma. */
export const handledBy = (actor: Actor) => ({
  organizationId: actor.organizationId,
  ...(handledInvites(actor) !== "all" && { creatorId: actor.personId }),
});

/** These invites as the actor may see them: without the names of rooms that they may not know of any longer. */
export async function toInvitesFor(tx: Tx, actor: Actor, rows: InviteRow[]): Promise<Invite[]> {
  const invites: Invite[] = [];
  for (const row of rows) invites.push(toInvite(row, await isRoomless(tx, row)));
  if (mayManageInvites(actor).ok) return invites;
  const { personId, organizationId } = actor;
  const ids = invites.flatMap(({ rooms }) => rooms.map(({ id }) => id));
  const rooms = await tx.room.findMany({
    where: { organizationId, id: { in: [...new Set(ids)] }, bans: { none: { personId } } },
    include: { memberships: { where: { personId }, select: { role: true } } },
  });
  const known = new Set(
    rooms.filter((room) => room.memberships.length > 0 || mayFind(actor, room, false)).map(({ id }) => id),
  );
  return invites.map((invite) => ({
    ...invite,
    rooms: invite.rooms.map(({ id, name }) => ({ id, name: known.has(id) ? name : null })),
  }));
}

/** Whether an invite is for guests, and none of its rooms is one to which its creator may add people. */
async function isRoomless(tx: Tx, row: InviteRow): Promise<boolean> {
  if (row.role !== "guest" || closedReason(row)) return false;
  const { id: personId, role, organization: rules } = row.creator;
  const roomIds = row.rooms.map(({ room }) => room.id);
  return (await roomsInviterMayAddTo(tx, row.organizationId, { personId, role, rules }, roomIds)).length === 0;
}
