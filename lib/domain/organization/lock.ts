import type { Tx } from "@/lib/server/db";

/**
 * Locks the organization's names and handles until the transaction ends. Take this lock before checking whether a name or handle
 * is free, and before any room's lock.
 */
export async function lockOrganization(tx: Tx, organizationId: string): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${organizationId}, 0))::text`;
}
