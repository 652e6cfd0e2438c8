import { once } from "@/lib/server/once";
import { pool } from "@/lib/server/pool";
import { quote, readTables } from "@/scripts/backup/tables.mjs";

export interface Table {
  name: string;
  columns: { name: string }[];
  key: { name: string }[];
}

/** Columns that change without an operation: when a login was last used, and when a person was last online. */
const changingColumns: Readonly<Record<string, string>> = { Session: "lastUsedAt", Person: "lastSeenAt" };

/** Which rows belong to the organization $1, for tables without a column `organizationId`. */
const conditions: Readonly<Record<string, string>> = {
  Organization: `"id" = $1`,
  Account: `"id" IN (SELECT "accountId" FROM "Person" WHERE "organizationId" = $1)`,
  Login: `"accountId" IN (SELECT "accountId" FROM "Person" WHERE "organizationId" = $1)`,
};

/** A query for all rows of an organization in a table, to compare them before and after a call. */
export function rowsText({ name, columns, key }: Table): string {
  const hasOrganization = columns.some((column) => column.name === "organizationId");
  const where = conditions[name] ?? (hasOrganization ? `"organizationId" = $1` : null);
  if (!where) throw new Error(`Add to tests/harness/everything.ts which rows of ${name} belong to an organization.`);
  return `SELECT ${shownColumns({ name, columns })} FROM ${quote(name)} WHERE ${where} ORDER BY ${list(key)}`;
}

const list = (some: { name: string }[]) => some.map((column) => quote(column.name)).join(", ");

/** The names of a table's columns that only an operation changes, as SQL. */
export const shownColumns = ({ name, columns }: Pick<Table, "name" | "columns">): string =>
  list(columns.filter((column) => column.name !== changingColumns[name]));

/** The tables that have rows of organizations. */
export const tables = (): Promise<Table[]> => once("the tables", () => readTables(pool()) as Promise<Table[]>);

/** All rows of a world by table. */
export async function everythingOf({
  organization,
}: {
  organization: { id: string };
}): Promise<Record<string, unknown[]>> {
  const rows = (await tables()).map(async (table) => {
    return [table.name, (await pool().query(rowsText(table), [organization.id])).rows] as const;
  });
  return Object.fromEntries(await Promise.all(rows));
}
