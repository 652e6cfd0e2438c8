import { lockRoom } from "@/lib/domain/room/find";
import type { Actor } from "@/lib/server/actor";
import type { Tx } from "@/lib/server/db";
import { lockGroups } from "./lock";

/** A group that the actor may know of: guests know only those they are in. With `change`, it stays locked until the transaction ends. */
export async function findGroupFor(
  tx: Tx,
  { organizationId, personId, role }: Actor,
  groupId: string,
  { change = false } = {},
) {
  if (change) await lockGroups(tx, organizationId, [groupId], { change });
  const known = role === "guest" ? { members: { some: { personId } } } : {};
  return tx.group.findFirst({ where: { id: groupId, organizationId, ...known } });
}

/** The same, with the rooms that are open to it, in the order of their ids. They stay locked, too. */
export async function findGroupAndLockRooms(tx: Tx, actor: Actor, groupId: string) {
  const group = await findGroupFor(tx, actor, groupId, { change: true });
  if (!group) return null;
  const { organizationId } = actor;
  const rows = await tx.roomGroup.findMany({
    where: { groupId },
    select: { roomId: true },
    orderBy: { roomId: "asc" },
  });
  for (const { roomId } of rows) await lockRoom(tx, organizationId, roomId);
  // Read again under the locks: meanwhile, a room may have been closed to the group.
  const rooms = await tx.room.findMany({
    where: { groups: { some: { groupId } } },
    select: { id: true, organizationId: true, access: true, groups: { select: { groupId: true } } },
    orderBy: { id: "asc" },
  });
  return { group, rooms };
}
