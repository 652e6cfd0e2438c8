import { Prisma, type Tx } from "@/lib/server/db";

/**
 * Locks groups until the transaction ends. Take this lock before any room's lock. By default the lock is shared: use it to open
 * rooms to the groups while their people and rooms stay as they are. With `change` it is exclusive: use it to change the people
 * in the groups.
 */
export async function lockGroups(
  tx: Tx,
  organizationId: string,
  groupIds: string[],
  { change = false }: { change?: boolean } = {},
): Promise<void> {
  if (groupIds.length === 0) return;
  const strength = change ? Prisma.sql`FOR NO KEY UPDATE` : Prisma.sql`FOR SHARE`;
  await tx.$queryRaw`
    SELECT 1 FROM "Group" WHERE "organizationId" = ${organizationId}::uuid AND id = ANY(${groupIds}::uuid[])
    ORDER BY id ${strength}`;
}

/** Locks all groups of the organization. Use it to take a person out of all their groups. */
export async function lockAllGroups(tx: Tx, organizationId: string): Promise<void> {
  const groups = await tx.group.findMany({ where: { organizationId }, select: { id: true } });
  const ids = groups.map(({ id }) => id);
  await lockGroups(tx, organizationId, ids, { change: true });
}
