import { sessionIsValid } from "@/lib/server/actor";
import type { Tx } from "@/lib/server/db";

/** The number of browsers in which each person is signed in, by person id. People with none are left out. */
export async function countLogins(tx: Tx, personIds: string[]): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<{ id: string; count: number }[]>`
    SELECT p.id, count(*)::int AS count FROM "Session" s JOIN "Person" p ON p.id = s."personId"
    WHERE p.id = ANY(${personIds}::uuid[]) AND s.kind = 'browser' AND ${sessionIsValid} GROUP BY p.id`;
  return new Map(rows.map(({ id, count }) => [id, count]));
}
