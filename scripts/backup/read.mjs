import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { PlainError } from "../setup/plain-error.mjs";
import { isSecret } from "../setup/secrets.mjs";
import { isInside } from "./files.mjs";

/** The version of the file format. Increase it when older programs can't read the new format. */
export const FORMAT = 1;

const MAX_BATCH_LINES = 500;
const MAX_BATCH_BYTES = 4 * 1024 * 1024;
const MAX_LINE_BYTES = 64 * 1024 * 1024;
/** A table or column name. Postgres limits names to 63 characters. */
const NAME = /^\w{1,63}$/;

/**
 * Reads a backup. Yields { header } first. Then, for each section (a table or a file), yields { start }, { lines } in batches,
 * and { end } after verifying the section's line count and hash. Throws a PlainError if the file is damaged or not a backup.
 */
export async function* readBackup(file) {
  const damaged = () => new PlainError(`${file} is damaged or incomplete. Use another backup.`);
  const lines = linesOf(file, damaged);
  yield { header: readHeader(file, (await lines.next()).value, damaged) };
  let section;
  let isComplete = false;
  for await (const line of lines) {
    if (isComplete) throw damaged();
    if (!line.startsWith("{")) {
      if (!section || !isLine(parse(line), section.start)) throw damaged();
      section.batch.push(line);
      section.bytes += line.length;
      if (section.batch.length === MAX_BATCH_LINES || section.bytes > MAX_BATCH_BYTES) yield takeBatch(section);
      continue;
    }
    const value = parse(line);
    if (section) {
      if (section.batch.length > 0) yield takeBatch(section);
      const end = { lines: section.count, sha256: section.hash.digest("hex") };
      if (value?.lines !== end.lines || value.sha256 !== end.sha256) throw damaged();
      yield { end };
      section = undefined;
    } else if (value?.end) {
      isComplete = true;
    } else {
      if (!isStart(value)) throw damaged();
      yield { start: value };
      section = { start: value, batch: [], bytes: 0, count: 0, hash: createHash("sha256") };
    }
  }
  if (!isComplete) throw damaged();
}

/** Verifies the whole file without loading it. Resolves to { header, rows }: `rows` is the number of rows in all tables. */
export async function checkBackup(file, signal) {
  let header;
  let rows = 0;
  let isTable = false;
  for await (const part of readBackup(file)) {
    signal.throwIfAborted();
    header ??= part.header;
    if (part.start) isTable = part.start.table !== undefined;
    if (part.end && isTable) rows += part.end.lines;
  }
  return { header, rows };
}

function readHeader(file, line, damaged) {
  const header = parse(line ?? "");
  if (header?.parley !== "backup") throw new PlainError(`${file} is not a backup of Parley.`);
  if (header.format !== FORMAT) {
    const version = matches(header.version, /./) ? header.version.slice(0, 40) : "unknown";
    throw new PlainError(`${file} was written by another version of Parley (${version}). Update this one.`);
  }
  const { migrations, createdAt, authSecret } = header;
  const isWhole =
    Array.isArray(migrations) &&
    migrations.every((each) => matches(each?.name, /^[\w-]{1,255}$/) && matches(each.checksum, /^\w{0,64}$/)) &&
    matches(createdAt, /^\d{4}-\d\d-\d\dT[\d:.]{1,20}Z$/);
  if (!isWhole) throw damaged();
  if (authSecret === undefined || isSecret(authSecret)) return header;
  // Earlier versions accepted any secret. An invalid one is not restored: people only have to sign in again.
  if (typeof authSecret === "string") return { ...header, authSecret: undefined, isWithoutSecret: true };
  throw new PlainError(`${file} contains an invalid sign-in secret. Use a backup made without --with-secrets.`);
}

function isStart({ table, columns, file } = {}) {
  if (table === undefined) return isInside(file);
  return (
    matches(table, NAME) && Array.isArray(columns) && columns.length > 0 && columns.every((each) => matches(each, NAME))
  );
}

/** A line of a table must be an array with a string or null per column. A line of a file must be a base64 string. */
function isLine(value, { table, columns }) {
  if (table === undefined) return matches(value, /^[A-Za-z0-9+/]*={0,2}$/);
  return (
    Array.isArray(value) &&
    value.length === columns.length &&
    value.every((text) => text === null || typeof text === "string")
  );
}

const matches = (value, pattern) => typeof value === "string" && pattern.test(value);

/** Counts and hashes the section's batch, and returns it. The section then has an empty batch. */
function takeBatch(section) {
  const { batch } = section;
  for (const line of batch) section.hash.update(line).update("\n");
  section.count += batch.length;
  section.batch = [];
  section.bytes = 0;
  return { lines: batch };
}

function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Yields the unzipped lines. Splits only at line feeds: node:readline also splits at U+2028, which messages may contain. */
async function* linesOf(file, damaged) {
  let unfinishedLine = [];
  let size = 0;
  try {
    const chunks = createReadStream(file).on("error", (error) => gunzip.destroy(error));
    const gunzip = createGunzip({ chunkSize: 256 * 1024 });
    for await (const chunk of chunks.pipe(gunzip)) {
      let start = 0;
      for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
        yield Buffer.concat([...unfinishedLine, chunk.subarray(start, end)]).toString();
        unfinishedLine = [];
        size = 0;
        start = end + 1;
      }
      unfinishedLine.push(chunk.subarray(start));
      size += chunk.length - start;
      if (size > MAX_LINE_BYTES) throw damaged();
    }
  } catch (error) {
    if (error.code === "ENOENT") throw new PlainError(`Can't find ${file}.`);
    if (error.code === "Z_DATA_ERROR" && error.message === "incorrect header check") {
      throw new PlainError(`${file} is not a backup of Parley.`);
    }
    if (error.code?.startsWith("Z_")) throw damaged();
    if (error.code) throw new PlainError(`Can't read ${file} (${error.code}).`);
    throw error;
  }
  if (size > 0) yield Buffer.concat(unfinishedLine).toString();
}
