import { lockRooms } from "@/lib/domain/room/find";
import { mayManageGroups } from "@/lib/policy/organization";
import type { Actor } from "@/lib/server/actor";
import type { Tx } from "@/lib/server/db";
import { lockGroups } from "./lock";

/**
 * Finds a group that the actor may see. Guests see only the groups they are in. With `change`, the group stays locked until the
 * transaction ends.
 */
export async function findGroupFor(tx: Tx, actor: Actor, groupId: string, { change = false } = {}) {
  // An actor who may not change the group takes no lock, so that they cannot delay others.
  if (change && mayManageGroups(actor).ok) await lockGroups(tx, actor.organizationId, [groupId], { change });
  const { organizationId, personId, role } = actor;
  const known = role === "guest" ? { members: { some: { personId } } } : {};
  return tx.group.findFirst({ where: { id: groupId, organizationId, ...known } });
}

/** Finds and locks a group like `findGroupFor` with `change`, and the rooms that it opens. */
export async function findGroupAndLockRooms(tx: Tx, actor: Actor, groupId: string) {
  const group = await findGroupFor(tx, actor, groupId, { change: true });
  if (!group) return null;
  if (!mayManageGroups(actor).ok) return { group, rooms: [] };
  const { organizationId } = actor;
  const rows = await tx.roomGroup.findMany({
    where: { groupId },
    select: { roomId: true },
    orderBy: { roomId: "asc" },
  });
  await lockRooms(
    tx,
    organizationId,
    rows.map(({ roomId }) => roomId),
  );
  // Read again under the locks, because a room may have been closed to the group in the meantime.
  const rooms = await tx.room.findMany({
    where: { groups: { some: { groupId } } },
    select: { id: true, organizationId: true, access: true, groups: { select: { groupId: true } } },
    orderBy: { id: "asc" },
  });
  return { group, rooms };
}
