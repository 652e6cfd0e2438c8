import type { Tx } from "@/lib/server/db";

/**
 * Names and handles are unique in an organization: whoever looks one up to take it holds this until the end. Taken
 * before any room's lock. Not a lock on the organization's row, which every message shares for a moment.
 */
export async function lockOrganization(tx: Tx, organizationId: string): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${organizationId}, 0))::text`;
}
