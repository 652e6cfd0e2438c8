// Writes the file that restore reads: gzipped lines. First a header, then a section for each table and each uploaded file, then an
// end line, which a truncated file lacks. A section has a line that names it, the lines of its content, and a line with their
// number and SHA-256.
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { link, readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { connect } from "../setup/database.mjs";
import { PlainError } from "../setup/plain-error.mjs";
import { fileLines, findFiles, openFile } from "./files.mjs";
import { appliedMigrations } from "./migrations.mjs";
import { FORMAT } from "./read.mjs";
import { fixTextFormats, quote, readTables, rowLines } from "./tables.mjs";

/** Writes the whole file or nothing. Replaces an existing file only with `force`. Resolves to { rows, files, bytes }. */
export async function writeBackup(file, { url, dataDir, authSecret, force, signal }) {
  const unfinished = `${file}.${process.pid}.new`;
  const counts = { rows: 0, files: 0 };
  const client = await connect(url);
  try {
    // Only the file's owner can read it, because it contains messages and password hashes. It is flushed, so that its content is on
    // disk before it gets its final name.
    const output = createWriteStream(unfinished, { flags: "wx", mode: 0o600, flush: true });
    await pipeline(sections(client, { dataDir, authSecret, counts }), createGzip(), output, { signal });
    await moveIntoPlace(unfinished, file, force);
    return { ...counts, bytes: (await stat(file)).size };
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {});
    throw error.path === unfinished || error.code === "ENOSPC" ? cannotWrite(file, error) : error;
  } finally {
    await client.end();
  }
}

/** Gives the file its final name. Linking fails if the name exists: another backup may have finished in the meantime. */
async function moveIntoPlace(unfinished, file, force) {
  try {
    if (!force) await link(unfinished, file);
  } catch (error) {
    if (error.code === "EEXIST") throw alreadyThere(file);
    force = true; // a file system without hard links
  }
  await (force ? rename(unfinished, file) : rm(unfinished));
}

export const alreadyThere = (file) =>
  new PlainError(`${file} already exists. Choose another name, or add --force to replace it.`);

const cannotWrite = (file, { code }) =>
  new PlainError(`Can't write ${file} (${code}). Check that the folder exists and has space.`);

async function* sections(client, { dataDir, authSecret, counts }) {
  await fixTextFormats(client);
  // All tables are read from one snapshot, so that they match each other.
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  const migrations = await appliedMigrations(client);
  if (!migrations) throw new PlainError("Parley has never used this database. Check DATABASE_URL.");
  const tables = await readTables(client);
  // The lock blocks only migrations, which could change a table before it is read. The server can read and write.
  await client.query(`LOCK TABLE ${tables.map(({ name }) => quote(name)).join(", ")} IN ACCESS SHARE MODE`);

  const { version } = JSON.parse(await readFile(path.join(import.meta.dirname, "../../package.json"), "utf8"));
  const header = { parley: "backup", format: FORMAT, version, createdAt: new Date(), migrations, authSecret };
  yield `${JSON.stringify(header)}\n`;
  for (const table of tables) {
    const columns = table.columns.map((column) => column.name);
    counts.rows += yield* section({ table: table.name, columns }, rowLines(client, table, columns));
  }
  await client.query("COMMIT");
  // Files are read after the rows: a file is stored before the row that names it, and never changes. One that is replaced while
  // the backup is written may be missing. Then initials or an icon are shown instead.
  for (const name of await findFiles(dataDir)) {
    const handle = await openFile(dataDir, name);
    if (!handle) continue;
    yield* section({ file: name }, fileLines(handle));
    counts.files++;
  }
  yield '{"end":true}\n';
}

/** Yields the lines of a section. Returns the number of its content lines. */
async function* section(start, batches) {
  const hash = createHash("sha256");
  let lines = 0;
  yield `${JSON.stringify(start)}\n`;
  for await (const batch of batches) {
    const text = `${batch.join("\n")}\n`;
    hash.update(text);
    lines += batch.length;
    yield text;
  }
  yield `${JSON.stringify({ lines, sha256: hash.digest("hex") })}\n`;
  return lines;
}
