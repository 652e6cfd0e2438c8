import type { Tx } from "@/lib/server/db";

/** Names and handles are unique in an organization: whoever looks one up to take it holds this until the end. Taken before any room's lock. */
export async function lockOrganization(tx: Tx, organizationId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Organization" WHERE id = ${organizationId}::uuid FOR NO KEY UPDATE`;
}
