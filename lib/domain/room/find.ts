import type { Actor } from "@/lib/server/actor";
import { Prisma, type Tx } from "@/lib/server/db";
import { mayFind, mayRead } from "@/lib/policy/room";
import { mayAdminister } from "@/lib/policy/room-settings";
import { awaitedRoom, lockBriefly, mayWaitForRooms, RoomIsLocked } from "@/lib/server/room-locks";
import { roomFields } from "./to-room";

/**
 * Finds a room and the actor's membership. Null if the actor may not know of the room. With `administer`, owners and admins also
 * find private rooms that they are not in. Use it only for what they may do there.
 */
export async function findRoomFor(
  tx: Tx,
  actor: Actor,
  roomId: string,
  { lock = false, administer = false }: { lock?: boolean; administer?: boolean } = {},
) {
  const { organizationId, personId } = actor;
  if (lock) await lockRoom(tx, organizationId, roomId);
  const found = await tx.room.findFirst({
    where: { id: roomId, organizationId, deletedAt: null },
    include: {
      ...roomFields,
      memberships: { where: { personId } },
      bans: { where: { personId }, select: { personId: true } },
    },
  });
  if (!found) return null;
  const { memberships, bans, ...row } = found;
  const room = { ...row, bansAsker: bans.length > 0 };
  const membership = memberships[0] ?? null;
  const groupIds = room.groups.map((group) => group.groupId);
  // Whether the actor is in a group that opens the room. Not queried for members, because they need no group.
  const inGroup =
    !membership &&
    groupIds.length > 0 &&
    (await tx.groupMember.count({ where: { personId, groupId: { in: groupIds } } })) > 0;
  // A ban also takes away the right to read. With `administer`, owners and admins still find a room that they are banned from.
  const finds = !room.bansAsker && (membership !== null || mayFind(actor, room, inGroup));
  if (!finds && !(administer && mayAdminister(actor, room))) return null;
  return { room, membership, inGroup };
}

/** The rooms with these ids that the actor may read, by id. */
export async function findReadableRooms(tx: Tx, actor: Actor, roomIds: string[]) {
  const { organizationId, personId } = actor;
  const found = await tx.room.findMany({
    where: { id: { in: roomIds }, organizationId, deletedAt: null, bans: { none: { personId } } },
    include: { groups: { select: { groupId: true } }, memberships: { where: { personId } } },
  });
  const groupIds = found.flatMap((room) =>
    room.memberships.length > 0 ? [] : room.groups.map((each) => each.groupId),
  );
  const mine =
    groupIds.length > 0 ? await tx.groupMember.findMany({ where: { personId, groupId: { in: groupIds } } }) : [];
  const myGroups = new Set(mine.map(({ groupId }) => groupId));
  const rooms = found.map(({ memberships: [membership = null], groups, ...room }) => {
    return { room, membership, inGroup: groups.some(({ groupId }) => myGroups.has(groupId)) };
  });
  const readable = rooms.filter(({ room, membership, inGroup }) => mayRead(actor, room, membership, inGroup).ok);
  return new Map(readable.map((each) => [each.room.id, each]));
}

/**
 * Locks a room. Every write to a room takes this lock first. The lock is a separate statement, so that later statements see what
 * other transactions committed during the wait. Throws `RoomIsLocked` if this transaction would have to wait; the request then
 * begins again when the room is free (`withRoomLocks`).
 */
export const lockRoom = (tx: Tx, organizationId: string, roomId: string): Promise<void> =>
  lockRooms(tx, organizationId, [roomId]);

/** Locks several rooms like `lockRoom`. */
export async function lockRooms(tx: Tx, organizationId: string, roomIds: string[]): Promise<void> {
  const rooms = Prisma.sql`"Room" r WHERE r.id = ANY(${roomIds}::uuid[]) AND r."organizationId" = ${organizationId}::uuid`;
  if (mayWaitForRooms()) {
    await tx.$queryRaw`SELECT 1 FROM ${rooms} ORDER BY r.id FOR NO KEY UPDATE`;
    return;
  }
  for (;;) {
    const [unavailable] = await tx.$queryRaw<{ id: string }[]>`
      WITH locked AS MATERIALIZED (SELECT r.id FROM ${rooms} ORDER BY r.id FOR NO KEY UPDATE SKIP LOCKED)
      SELECT r.id FROM ${rooms} AND NOT EXISTS (SELECT 1 FROM locked WHERE locked.id = r.id) ORDER BY r.id LIMIT 1`;
    if (!unavailable) return;
    if (awaitedRoom() === null) throw new RoomIsLocked(unavailable.id);
    await lockBriefly(tx, unavailable.id);
  }
}
