import type { Tx } from "@/lib/server/db";
import type { Announce } from "@/lib/server/handler";

/** The ids of each person's groups, by person id. */
export async function groupIdsOf(tx: Tx, personIds: string[]): Promise<Map<string, string[]>> {
  const rows = await tx.groupMember.findMany({
    where: { personId: { in: personIds } },
    select: { personId: true, groupId: true },
    orderBy: { groupId: "asc" },
  });
  const groupIds = new Map<string, string[]>(personIds.map((id) => [id, []]));
  for (const { personId, groupId } of rows) groupIds.get(personId)?.push(groupId);
  return groupIds;
}

/** Announces the changed groups, and sends people who joined or left one the ids of all their groups. */
export async function announceGroups(
  tx: Tx,
  announce: Announce,
  organizationId: string,
  changedIds: string[],
  personIds: string[] = [],
): Promise<void> {
  for (const [personId, groupIds] of await groupIdsOf(tx, personIds))
    announce.me(personId, { type: "groups", groupIds, tick: 0 });
  announce.organization(organizationId, changedIds);
}
