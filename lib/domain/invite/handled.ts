import type { Invite } from "@/lib/contract/invite";
import { handledInvites, mayManageInvites } from "@/lib/policy/organization";
import { mayFind } from "@/lib/policy/room";
import type { Actor } from "@/lib/server/actor";
import type { Tx } from "@/lib/server/db";
import { roomsOfOffers } from "./rooms";
import { closedReason, type InviteRow, toInvite } from "./to-invite";

/** For Prisma: matches the invites that the actor may see, send again and revoke. */
export const handledBy = (actor: Actor) => ({
  organizationId: actor.organizationId,
  ...(handledInvites(actor) !== "all" && { creatorId: actor.personId }),
});

/** Presents invites to the actor, without the names of rooms that the actor may no longer know of. */
export async function toInvitesFor(tx: Tx, actor: Actor, rows: InviteRow[]): Promise<Invite[]> {
  const roomless = await findRoomless(tx, actor, rows);
  const invites = rows.map((row) => toInvite(row, roomless.has(row.id)));
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

/** The open invites for guests that have no room to which the creator may still add people. */
async function findRoomless(tx: Tx, { organizationId }: Actor, rows: InviteRow[]): Promise<Set<string>> {
  const forGuests = rows.filter((row) => row.role === "guest" && !closedReason(row));
  const offers = forGuests.map(({ creator: { id: personId, role, organization: rules }, rooms }) => ({
    inviter: { personId, role, rules },
    roomIds: rooms.map(({ room }) => room.id),
  }));
  const found = await roomsOfOffers(tx, organizationId, offers);
  return new Set(forGuests.filter((_, at) => found[at]?.length === 0).map(({ id }) => id));
}
