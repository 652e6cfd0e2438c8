import type { Actor } from "@/lib/server/actor";
import type { Tx } from "@/lib/server/db";
import { mayFind } from "@/lib/policy/room";
import { mayAdminister } from "@/lib/policy/room-settings";
import { mayWaitForRooms, RoomIsLocked } from "@/lib/server/room-locks";
import { roomFields } from "./to-room";

/**
 * Finds a room and the actor's membership; null if the actor may not know of the room. With `administer`, owners and admins
 * also find private rooms that they are not in: use it only for what they may do there.
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
  const { memberships, bans, ...room } = found;
  const membership = memberships[0] ?? null;
  const groupIds = room.groups.map((group) => group.groupId);
  // Whether a group that opens the room has the actor as a member. Members do not need a group.
  const inGroup =
    !membership &&
    groupIds.length > 0 &&
    (await tx.groupMember.count({ where: { personId, groupId: { in: groupIds } } })) > 0;
  // A ban takes reading, too. Owners and admins still run a room that they are banned from.
  const finds = bans.length === 0 && (membership !== null || mayFind(actor, room, inGroup));
  if (!finds && !(administer && mayAdminister(actor, room))) return null;
  return { room, membership, inGroup };
}

/**
 * Locks a room. Every write to a room takes this lock first. It is a statement of its own, so that later statements read what
 * other transactions committed during the wait for the lock. Throws `RoomIsLocked` if this transaction may not wait.
 */
export async function lockRoom(tx: Tx, organizationId: string, roomId: string): Promise<void> {
  if (mayWaitForRooms()) {
    await tx.$queryRaw`SELECT 1 FROM "Room" WHERE id = ${roomId}::uuid AND "organizationId" = ${organizationId}::uuid FOR NO KEY UPDATE`;
    return;
  }
  const [room] = await tx.$queryRaw<{ isLocked: boolean }[]>`
    SELECT locked.id IS NULL AS "isLocked" FROM "Room" r
    LEFT JOIN LATERAL (SELECT id FROM "Room" WHERE id = r.id FOR NO KEY UPDATE SKIP LOCKED) locked ON true
    WHERE r.id = ${roomId}::uuid AND r."organizationId" = ${organizationId}::uuid`;
  if (room?.isLocked) throw new RoomIsLocked(roomId);
}
