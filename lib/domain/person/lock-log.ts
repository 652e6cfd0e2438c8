import type { Tx } from "@/lib/server/db";

/** Locks a person's log until the transaction ends, so that changes of what it holds come one after the other. Creates it if missing. */
export async function lockPersonLog(tx: Tx, personId: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "PersonLog" ("organizationId", "personId")
    SELECT p."organizationId", p.id FROM "Person" p WHERE p.id = ${personId}::uuid ON CONFLICT DO NOTHING`;
  await tx.$queryRaw`SELECT 1 FROM "PersonLog" WHERE "personId" = ${personId}::uuid FOR NO KEY UPDATE`;
}
