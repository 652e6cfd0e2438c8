import { Prisma, type Tx } from "@/lib/server/db";

/**
 * Locks groups of the organization, before any room. With the default, their people and rooms stay as they are until the
 * transaction ends: for whoever opens rooms to them. `change` is for whoever changes their people.
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

/** Locks all groups of the organization, for whoever takes a person out of those that they are in. */
export async function lockAllGroups(tx: Tx, organizationId: string): Promise<void> {
  const groups = await tx.group.findMany({ where: { organizationId }, select: { id: true } });
  const ids = groups.map(({ id }) => id);
  await lockGroups(tx, organizationId, ids, { change: true });
}
