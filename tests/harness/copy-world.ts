// Copies a world with one statement. Making one takes forty, and a run needs about a thousand.
import { randomBytes } from "node:crypto";
import { uuidv7 } from "uuidv7";
import { pool } from "@/lib/server/pool";
import { hashToken, newToken } from "@/lib/server/secret";
import { quote } from "@/scripts/backup/tables.mjs";
import { rowsText, shownColumns, tables } from "./everything";

const token = /(?<=")[\w-]{43}(?=")/g;
const id = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;
/** What differs in each world: tokens and their hashes, ids, the names of pictures, and what is random in names and addresses. */
export const differing = new RegExp(`${token.source}|${id.source}|\\b(?:[0-9a-f]{64}|[0-9a-f]{12})\\b`, "g");

/** Reads a world that has just been made, and returns a function that copies it. */
export async function copierOf<World extends { organization: { id: string } }>(
  world: World,
): Promise<() => Promise<World>> {
  const { id: organizationId } = world.organization;
  const parts: string[] = [];
  const read: Record<string, unknown[]> = {};
  for (const table of await tables()) {
    const { name } = table;
    const { rows } = await pool().query<{ row: unknown }>(`SELECT to_json(t) AS row FROM (${rowsText(table)}) t`, [
      organizationId,
    ]);
    if (rows.length === 0) continue;
    read[name] = rows.map(({ row }) => row);
    const columns = shownColumns(table);
    parts.push(`${quote(name)} AS (INSERT INTO ${quote(name)} (${columns})
      SELECT ${columns} FROM json_populate_recordset(NULL::${quote(name)}, $1::json -> '${name}'))`);
  }
  const insert = `WITH ${parts.join(", ")} SELECT`;
  const text = JSON.stringify({ read, world });
  // In order of time, so that those of a copy have the same order.
  const ids = [...new Set(text.match(id))].toSorted();
  const tokens = JSON.stringify(world).match(token) ?? [];

  return async () => {
    const replaced = new Map(ids.map((each) => [each, uuidv7()]));
    replaced.set(organizationId.slice(-12), (replaced.get(organizationId) ?? "").slice(-12)); // it is in the handle
    for (const each of tokens) {
      const another = newToken();
      replaced.set(each, another).set(hashToken(each), hashToken(another));
    }
    const copied = text.replace(differing, (each) => {
      const other = replaced.get(each) ?? like(each);
      replaced.set(each, other);
      return other;
    });
    const copy = JSON.parse(copied) as { read: object; world: World };
    await pool().query({ name: hashToken(insert), text: insert, values: [JSON.stringify(copy.read)] });
    return copy.world;
  };
}

/** A random text of the same kind: a token, or hexadecimal digits. */
const like = ({ length }: string): string => (length === 43 ? newToken() : randomBytes(length / 2).toString("hex"));
