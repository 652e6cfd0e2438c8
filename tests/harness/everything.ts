import { pool } from "@/lib/server/pool";
import { quote, readTables } from "@/scripts/backup/tables.mjs";
import type { World } from "./samples";

interface Table {
  name: string;
  columns: { name: string }[];
  key: { name: string }[];
}

/** What changes although nobody changed anything: when a login was last used, when somebody was last here. */
const changesByItself: Readonly<Record<string, string>> = { Session: "lastUsedAt", Person: "lastSeenAt" };

/** Which rows are of the organization $1, where they do not say so themselves. */
const ofOrganization: Readonly<Record<string, string>> = {
  Organization: `"id" = $1`,
  Account: `"id" IN (SELECT "accountId" FROM "Person" WHERE "organizationId" = $1)`,
};

/** A statement for all of an organization's rows in a table, to compare before and after. */
export function rowsText({ name, columns, key }: Table): string {
  const isTied = columns.some((column) => column.name === "organizationId");
  const where = ofOrganization[name] ?? (isTied ? `"organizationId" = $1` : null);
  if (!where) throw new Error(`Say in tests/harness/everything.ts which rows of ${name} are of an organization.`);
  const shown = columns.filter((column) => column.name !== changesByItself[name]);
  const list = (some: { name: string }[]) => some.map((column) => quote(column.name)).join(", ");
  return `SELECT ${list(shown)} FROM ${quote(name)} WHERE ${where} ORDER BY ${list(key)}`;
}

/** All rows of a world, by table. */
export async function everythingOf({ organization }: World): Promise<Record<string, unknown[]>> {
  const tables = (await readTables(pool())) as Table[];
  const rows = tables.map(async (table) => {
    return [table.name, (await pool().query(rowsText(table), [organization.id])).rows] as const;
  });
  return Object.fromEntries(await Promise.all(rows));
}
