// What of an organization's may be named by another: ids in inputs, and foreign keys between tables.
import { z } from "zod";
import type { Operation } from "@/lib/contract/operation";
import { quote } from "@/scripts/backup/tables.mjs";

/** Fields of ids that are of no other organization's things. */
const ownIds: Readonly<Record<string, string>> = {
  id: "Names what is created.",
  intentId: "Names a request.",
  after: "A cursor: cursors.db.test.ts asks about those.",
};

/** The fields of an input that take ids of things, wherever in a field they stand. */
export function fieldsOfIds({ input }: Operation): string[] {
  const { properties = {} } = z.toJSONSchema(input, { io: "input", unrepresentable: "any" });
  return Object.entries(properties)
    .filter(([field, schema]) => !Object.hasOwn(ownIds, field) && JSON.stringify(schema).includes('"uuid"'))
    .map(([field]) => field);
}

/** Whether it answers about everything that the asker may know of. */
export const listsEverything = ({ http, access, input }: Operation): boolean =>
  http.startsWith("GET ") && access === "member" && input.safeParse({}).success;

export interface ForeignKey {
  name: string;
  table: string;
  referenced: string;
  /** Own column, referenced column. */
  pairs: [string, string][];
}

/** Keys that tie no two things of an organization, and why. */
const exceptions: Readonly<Record<string, string>> = {
  Person_accountId_fkey: "An account is of no organization.",
  MessageRevision_messageId_fkey: "It is written with the message alone, and npm run doctor compares the two.",
};

export const tiesNothing = ({ name, referenced }: ForeignKey): boolean =>
  referenced === "Organization" || Object.hasOwn(exceptions, name);

type Row = Record<string, unknown>;

/** A statement that ties a row of one world to what another world has. Throws when a world has no such row. */
export function tieText(
  { table, referenced, pairs }: ForeignKey,
  own: Record<string, unknown[]>,
  other: Record<string, unknown[]>,
): { text: string; values: unknown[] } {
  const [row, target] = [own[table]?.[0] as Row | undefined, other[referenced]?.at(-1) as Row | undefined];
  if (!row || !target)
    throw new Error(`Make a row of ${row ? referenced : table} in makeWorld of tests/harness/samples.ts.`);
  const changed = pairs.filter(([column]) => column !== "organizationId");
  const key = Object.entries(row).filter(([column]) => /^(id|.*Id)$/.test(column) && row[column] !== null);
  const sets = changed.map(([column], at) => `${quote(column)} = $${at + 1}`);
  const wheres = key.map(([column], at) => `${quote(column)} = $${changed.length + at + 1}`);
  return {
    text: `UPDATE ${quote(table)} SET ${sets.join(", ")} WHERE ${wheres.join(" AND ")}`,
    values: [...changed.map(([, column]) => target[column]), ...key.map(([, value]) => value)],
  };
}
