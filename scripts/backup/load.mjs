import { createHash } from "node:crypto";
import { PlainError } from "../setup/plain-error.mjs";
import { stageFiles } from "./files.mjs";
import { readBackup } from "./read.mjs";
import { fixTextFormats, insertLines, quote, readForeignKeys, readTables, rowLines } from "./tables.mjs";

/** Throws if any table has a row. */
export async function requireEmptyTables(client) {
  for (const { name } of await readTables(client)) {
    const { rowCount } = await client.query(`SELECT 1 FROM ${quote(name)} LIMIT 1`);
    if (rowCount === 0) continue;
    throw new PlainError(`The database is not empty (see table ${name}). Restore into an empty one.`);
  }
}

/** Loads a backup into an empty database with the same migrations. If anything fails, nothing is loaded. */
export async function loadBackup(client, file, { dataDir, signal }) {
  const files = await stageFiles(dataDir);
  await fixTextFormats(client);
  await client.query("BEGIN");
  try {
    const keys = await readForeignKeys(client);
    // Without foreign keys, the order of tables and rows does not matter. Adding the keys again checks every row. Dropping them
    // locks the tables until the commit, so a Parley that starts meanwhile waits.
    for (const key of keys) await client.query(`ALTER TABLE ${quote(key.table)} DROP CONSTRAINT ${quote(key.name)}`);
    await requireEmptyTables(client);
    await loadSections(client, file, files, signal);
    for (const { table, name, definition } of keys) {
      await client.query(`ALTER TABLE ${quote(table)} ADD CONSTRAINT ${quote(name)} ${definition}`);
    }
    // Browsers may have data from after the backup. A new epoch makes them reload everything.
    await client.query('UPDATE "Organization" SET "epoch" = gen_random_uuid()');
    signal.throwIfAborted();
    await files.keep();
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    await files.discard();
    throw error;
  }
}

async function loadSections(client, file, files, signal) {
  const tables = new Map((await readTables(client)).map((table) => [table.name, table]));
  let writer;
  for await (const { start, lines, end } of readBackup(file)) {
    signal.throwIfAborted();
    if (start?.file !== undefined) writer = await files.add(start.file);
    if (start?.table !== undefined) writer = tableWriter(client, tables, start);
    if (lines) await writer.write(lines);
    if (end) await writer.close(end);
  }
  if (tables.size > 0) throw tablesDiffer([...tables.keys()].join(", "));
}

function tableWriter(client, tables, { table: name, columns }) {
  const table = tables.get(name);
  const hasSameColumns = table && sorted(table.columns.map((column) => column.name)) === sorted(columns);
  if (!hasSameColumns) throw tablesDiffer(name);
  tables.delete(name); // `loadSections` checks at the end that no table is left
  return {
    write: (lines) => insertLines(client, table, columns, lines),
    /** Reads the table back and compares it with the backup, byte by byte. */
    async close({ lines, sha256 }) {
      const hash = createHash("sha256");
      let count = 0;
      for await (const batch of rowLines(client, table, columns)) {
        hash.update(`${batch.join("\n")}\n`);
        count += batch.length;
      }
      if (count !== lines || hash.digest("hex") !== sha256) {
        throw new PlainError(`Table ${name} does not match the backup after loading. Nothing was restored.`);
      }
    },
  };
}

const sorted = (names) => JSON.stringify(names.toSorted());
const tablesDiffer = (name) => new PlainError(`The backup and this version of Parley have different tables (${name}).`);
