import { type BlockedPerson, listBlocked } from "@/lib/contract/block";
import { firstTick } from "@/lib/domain/direct/open";
import { pendingFor } from "@/lib/domain/room-invite/pending";
import { entriesOf } from "@/lib/domain/room/entries";
import { roomInviteFields, toRoomInvite } from "@/lib/domain/room-invite/to-room-invite";
import { yes } from "@/lib/policy/decision";
import type { Actor } from "@/lib/server/actor";
import type { Tx } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";
import { pageByName } from "../page-by-name";

/** At most this many room invites of each person are listed. */
const maxInvites = 10;

export default handle(listBlocked, {
  load: async () => ({}),
  allow: () => yes,
  async run({ tx, actor, input }) {
    const { organizationId, personId: blockerId } = actor;
    const blocked = { organizationId, blockedBy: { some: { blockerId } } };
    const { rows, next } = await pageByName(tx, { table: "Person", organizationId }, input, {
      names: (list) =>
        tx.person.findMany({
          where: blocked,
          select: { id: true, name: true, nameOrder: true, handle: true },
          ...list,
        }),
      rows: ({ where, ...page }) =>
        tx.person.findMany({
          where: { AND: [blocked, where] },
          select: {
            id: true,
            name: true,
            handle: true,
            picture: true,
            nameOrder: true,
            blockedBy: { where: { blockerId }, select: { createdAt: true } },
          },
          ...page,
        }),
    });
    const ids = rows.map(({ id }) => id);
    const directRooms = await unlistedDirectRooms(tx, actor, ids);
    const invites = await invitesFrom(tx, actor, ids);
    return {
      blocked: rows.flatMap(({ blockedBy: [block], ...person }): BlockedPerson[] =>
        block
          ? [
              {
                person: { id: person.id, name: person.name, handle: person.handle, picture: person.picture },
                blockedAt: block.createdAt.toISOString(),
                directRooms: directRooms.filter(({ others }) => others.some(({ id }) => id === person.id)),
                invites: invites.filter(({ inviter }) => inviter.id === person.id),
              },
            ]
          : [],
      ),
      next,
    };
  },
});

/**
 * The actor's direct rooms with any of these people that no list shows because of a block: the actor blocks everybody else, or has
 * hidden the room until its next message, and only people whom they block have written since.
 */
async function unlistedDirectRooms(tx: Tx, { organizationId, personId }: Actor, blockedIds: string[]) {
  const rooms = await tx.room.findMany({
    where: {
      organizationId,
      kind: "direct",
      deletedAt: null,
      memberships: { some: { personId } },
      directIds: { hasSome: blockedIds },
    },
    select: { id: true, directIds: true },
    orderBy: { id: "desc" },
  });
  const ids = rooms.map(({ id }) => id);
  const entries = new Map((await entriesOf(tx, personId, ids)).map((entry) => [entry.room.id, entry]));
  const otherIds = rooms.flatMap(({ directIds }) => directIds.filter((id) => id !== personId));
  const people = await tx.person.findMany({
    where: { organizationId, id: { in: otherIds } },
    select: { id: true, name: true, blockedBy: { where: { blockerId: personId }, select: { blockerId: true } } },
  });
  return rooms.flatMap((room) => {
    const others = people.filter(({ id }) => room.directIds.includes(id));
    const entry = entries.get(room.id);
    // Nothing was said yet.
    if (!entry || entry.clock === firstTick) return [];
    const { hiddenUpToSeq } = entry.membership;
    const isHidden = hiddenUpToSeq !== null && (entry.lastMessage?.seq ?? 0) <= hiddenUpToSeq;
    const isUnlisted =
      others.every(({ blockedBy }) => blockedBy.length > 0) || (isHidden && entry.clock > hiddenUpToSeq);
    return isUnlisted ? [{ id: room.id, others: others.map(({ id, name }) => ({ id, name })) }] : [];
  });
}

/** The newest pending room invites of each of these people. */
async function invitesFrom(tx: Tx, actor: Actor, inviterIds: string[]) {
  const newest = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM (
      SELECT id, row_number() OVER (PARTITION BY "inviterId" ORDER BY id DESC) AS place FROM "RoomInvite"
      WHERE "personId" = ${actor.personId}::uuid AND "inviterId" = ANY(${inviterIds}::uuid[])
        AND state = 'pending' AND "expiresAt" > now()) i
    WHERE place <= ${maxInvites}`;
  const rows = await tx.roomInvite.findMany({
    where: { ...pendingFor(actor), id: { in: newest.map(({ id }) => id) } },
    include: roomInviteFields,
    orderBy: { id: "desc" },
  });
  return rows.map((row) => toRoomInvite(row, actor.personId));
}
