// The places where one organization could refer to another's data: ids in inputs, and foreign keys between tables.
import { z } from "zod";
import type { Operation } from "@/lib/contract/operation";
import { quote } from "@/scripts/backup/tables.mjs";

/** Input fields with ids that cannot be another organization's, and why. */
const fieldExceptions: Readonly<Record<string, string>> = {
  id: "The client chooses it for what it creates.",
  intentId: "The client chooses it for a request.",
  after: "A cursor. lib/domain/cursors.db.test.ts tests those.",
};

/** The input fields that contain ids of existing things, at any depth. */
export function idFields({ input }: Operation): string[] {
  const { properties = {} } = z.toJSONSchema(input, { io: "input", unrepresentable: "any" });
  return Object.entries(properties)
    .filter(([field, schema]) => !Object.hasOwn(fieldExceptions, field) && JSON.stringify(schema).includes('"uuid"'))
    .map(([field]) => field);
}

/** Whether an operation that reads needs no input, so that it answers with all that the asker may see. */
export const readsWithoutInput = ({ http, access, input }: Operation): boolean =>
  http.startsWith("GET ") && access === "member" && input.safeParse({}).success;

export interface ForeignKey {
  name: string;
  table: string;
  referenced: string;
  /** Each pair is a column and the column that it references. */
  pairs: [string, string][];
}

/** Foreign keys that do not contain the organization, and why. */
const keyExceptions: Readonly<Record<string, string>> = {
  Person_accountId_fkey: "An account belongs to no organization.",
  Login_accountId_fkey: "Neither a login nor its account belongs to an organization.",
  Session_loginId_fkey:
    "A login belongs to no organization. npm run doctor compares the accounts of a session and its login.",
  MessageRevision_messageId_fkey:
    "It is written only together with its message, and npm run doctor compares their organizations.",
};

/** Whether the database need not refuse a reference to another organization's row. */
export const isExempt = ({ name, referenced }: ForeignKey): boolean =>
  referenced === "Organization" || Object.hasOwn(keyExceptions, name);

type Row = Record<string, unknown>;

/** An UPDATE that makes a row of one world reference a row of another. Throws if a world has no row to use. */
export function referenceText(
  { table, referenced, pairs }: ForeignKey,
  own: Record<string, unknown[]>,
  other: Record<string, unknown[]>,
): { text: string; values: unknown[] } {
  const [row, target] = [own[table]?.[0] as Row | undefined, other[referenced]?.at(-1) as Row | undefined];
  if (!row || !target)
    throw new Error(`Add a row of ${row ? referenced : table} to makeWorld in tests/harness/world.ts.`);
  const changed = pairs.filter(([column]) => column !== "organizationId");
  // All ids of a row together identify it, whatever its primary key is.
  const ids = Object.entries(row).filter(([column]) => /^(id|.*Id)$/.test(column) && row[column] !== null);
  const sets = changed.map(([column], at) => `${quote(column)} = $${at + 1}`);
  const wheres = ids.map(([column], at) => `${quote(column)} = $${changed.length + at + 1}`);
  return {
    text: `UPDATE ${quote(table)} SET ${sets.join(", ")} WHERE ${wheres.join(" AND ")}`,
    values: [...changed.map(([, column]) => target[column]), ...ids.map(([, value]) => value)],
  };
}
