import type { Group } from "@/lib/contract/group";
import type { Asker } from "@/lib/policy/decision";
import { mayManageGroups } from "@/lib/policy/organization";
import { activePerson } from "@/lib/server/actor";
import type { Tx } from "@/lib/server/db";

type GroupRow = { id: string; name: string; handle: string };

/** Presents groups. Only people who may manage groups get the number of rooms. */
export async function toGroups(tx: Tx, asker: Asker, rows: GroupRow[]): Promise<Group[]> {
  const groupId = { in: rows.map(({ id }) => id) };
  // Counted in separate queries: within the query for the groups, Prisma would count the members of every group.
  const active = { groupId, person: activePerson() };
  const people = await tx.groupMember.groupBy({ by: ["groupId"], where: active, _count: true });
  const rooms = await tx.roomGroup.groupBy({ by: ["groupId"], where: { groupId }, _count: true });
  const mayKnowRooms = mayManageGroups(asker).ok;
  const countIn = (counts: { groupId: string; _count: number }[], id: string) =>
    counts.find((count) => count.groupId === id)?._count ?? 0;
  return rows.map(({ id, name, handle }) => {
    return { id, name, handle, memberCount: countIn(people, id), roomCount: mayKnowRooms ? countIn(rooms, id) : null };
  });
}

export async function toGroup(tx: Tx, asker: Asker, row: GroupRow): Promise<Group> {
  const [group] = await toGroups(tx, asker, [row]);
  return group as Group;
}
