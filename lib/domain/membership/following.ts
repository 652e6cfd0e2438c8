import { lockRooms } from "@/lib/domain/room/find";
import type { Announce } from "@/lib/server/handler";
import { Prisma, type Tx } from "@/lib/server/db";
import { removePeople } from "./remove-person";

// A "following" membership lasts only as long as a group, or the role of owner or admin, opens the restricted room to the person.
// All other memberships are "personal".

/** SQL: whether a group or a role opens the restricted room `m."roomId"` to the person `m."personId"`. */
const isOpened = Prisma.sql`(
  EXISTS (SELECT 1 FROM "RoomGroup" g JOIN "GroupMember" x ON x."groupId" = g."groupId" AND x."personId" = m."personId"
    WHERE g."roomId" = m."roomId")
  OR EXISTS (SELECT 1 FROM "Person" p WHERE p.id = m."personId" AND p.role IN ('owner', 'admin')))`;

/**
 * Makes following memberships personal, so that losing the group or role no longer ends them. `which` selects them: all, only
 * those that no group or role opens (`notOpened`), or those of the people with these ids. The caller has locked the rooms.
 */
export async function makePersonal(tx: Tx, roomIds: string[], which: "all" | "notOpened" | string[]): Promise<void> {
  const ofPeople = Array.isArray(which) ? Prisma.sql`AND m."personId" = ANY(${which}::uuid[])` : Prisma.empty;
  const condition = which === "notOpened" ? Prisma.sql`AND NOT ${isOpened}` : ofPeople;
  await tx.$executeRaw`
    WITH changed AS MATERIALIZED (
      SELECT m."roomId", m."personId" FROM "Membership" m
      WHERE m."roomId" = ANY(${roomIds}::uuid[]) AND m."isFollowing" ${condition}
      ORDER BY m."roomId", m."personId" FOR NO KEY UPDATE OF m)
    UPDATE "Membership" m SET "isFollowing" = false FROM changed
    WHERE m."roomId" = changed."roomId" AND m."personId" = changed."personId"`;
}

/** Whether a group or a role opens a restricted room to a person now. Read it under the room's lock. */
export async function isOpenedTo(tx: Tx, roomId: string, personId: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ isOpen: boolean }[]>`
    SELECT ${isOpened} AS "isOpen" FROM (SELECT ${roomId}::uuid AS "roomId", ${personId}::uuid AS "personId") m`;
  return row?.isOpen ?? false;
}

/**
 * Locks all restricted rooms of the organization and returns them in the order of their ids. Call it before the change that
 * takes a role from a person, and `endClosedMemberships` after the change. Then nobody joins through the role in between. All
 * restricted rooms are locked, because the roles owner and admin open all of them. Rooms that match one of `others` are locked,
 * too.
 */
export async function lockRestrictedRooms(tx: Tx, organizationId: string, others: Prisma.RoomWhereInput[] = []) {
  const where = { organizationId, OR: [{ access: "restricted" as const }, ...others] };
  const rooms = await tx.room.findMany({ where, select: { id: true, organizationId: true }, orderBy: { id: "asc" } });
  await lockRooms(
    tx,
    organizationId,
    rooms.map(({ id }) => id),
  );
  return rooms;
}

/**
 * Ends the following memberships whose room no group or role opens any longer. Call it after the change that closed the rooms.
 * `rooms` must be in the order of their ids, and locked before that change, so that nobody joined in between.
 */
export async function endClosedMemberships(
  tx: Tx,
  announce: Announce,
  rooms: { id: string; organizationId: string }[],
  personIds: string[],
  byId: string,
): Promise<void> {
  const closed = await tx.$queryRaw<{ roomId: string; personId: string }[]>`
    SELECT m."roomId", m."personId" FROM "Membership" m
    WHERE m."roomId" = ANY(${rooms.map(({ id }) => id)}::uuid[]) AND m."personId" = ANY(${personIds}::uuid[])
      AND m."isFollowing" AND NOT ${isOpened}
    ORDER BY m."roomId", m."personId"`;
  const idsByRoom = new Map<string, string[]>();
  for (const { roomId, personId } of closed) {
    const ids = idsByRoom.get(roomId);
    if (ids) ids.push(personId);
    else idsByRoom.set(roomId, [personId]);
  }
  const leaving = rooms.flatMap((room) => {
    const ids = idsByRoom.get(room.id);
    return ids ? [{ room, personIds: ids }] : [];
  });
  await removePeople(tx, announce, leaving, { byId, type: "removed" });
}
