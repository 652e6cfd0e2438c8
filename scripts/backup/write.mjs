// Writes a backup: gzipped lines. They are a header, a section for each table and each uploaded file, and an end line, which a
// truncated file lacks. A section begins with a line that names the table or file. Its content follows, then a line with the
// number and the SHA-256 of the content lines.
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
    // Mode 0600, because the file contains messages and password hashes. Flushed, so that the content is on disk before the file
    // gets its final name.
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

/** Gives the file its final name. Linking fails if the name is taken, for example by another backup that has just finished. */
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
  // Reads all tables from one snapshot, so that they are consistent.
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  const migrations = await appliedMigrations(client);
  if (!migrations) throw new PlainError("Parley has never used this database. Check DATABASE_URL.");
  const tables = await readTables(client);
  // The lock only blocks migrations, which could change a table before it is read. The server can still read and write.
  await client.query(`LOCK TABLE ${tables.map(({ name }) => quote(name)).join(", ")} IN ACCESS SHARE MODE`);

  const { version } = JSON.parse(await readFile(path.join(import.meta.dirname, "../../package.json"), "utf8"));
  const header = { parley: "backup", format: FORMAT, version, createdAt: new Date(), migrations, authSecret };
  yield `${JSON.stringify(header)}\n`;
  for (const table of tables) {
    const columns = table.columns.map((column) => column.name);
    counts.rows += yield* section({ table: table.name, columns }, rowLines(client, table, columns));
  }
  await client.query("COMMIT");
  // Files are read after the rows: a file is stored before the row that refers to it, and never changes. A file that is replaced
  // during the backup may be missing. Then Parley shows initials or an icon instead.
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
