// Applies prisma/migrations with `pg` alone, so that a running Parley does not need Prisma's command line. Uses the same table,
// checksums and advisory lock as `prisma migrate deploy`, so both work on the same database.
import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { connectOrCreate } from "./setup/database.mjs";
import { exitWith, PlainError } from "./setup/plain-error.mjs";

const MIGRATIONS = path.join(import.meta.dirname, "../prisma/migrations");
const PRISMA_LOCK = 72707369;
const RETRY_EVERY_MS = 100;

const CREATE_TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`;

/**
 * Creates the database if it is missing and applies all pending migrations, or only those named in `only`. Returns the names of
 * the applied migrations.
 */
export async function migrate(databaseUrl, log = () => {}, { only, signal } = {}) {
  const client = await connectOrCreate(databaseUrl);
  try {
    await takeLock(client, log, signal);
    const migrations = readMigrations();
    const applied = await readApplied(client);
    requireKnown(applied, migrations);
    const pending = migrations.filter(({ name }) => !applied.has(name) && (only?.has(name) ?? true));
    for (const migration of pending) {
      log(`Applying database migration ${migration.name}`);
      await apply(client, migration);
    }
    return pending.map(({ name }) => name);
  } finally {
    await client.end(); // also releases the lock
  }
}

/** Takes the lock. Waits while another process is migrating. Throws if `signal` aborts. */
async function takeLock(client, log, signal) {
  for (let isFirst = true; ; isFirst = false) {
    signal?.throwIfAborted();
    const { rows } = await client.query("SELECT pg_try_advisory_lock($1) AS taken", [PRISMA_LOCK]);
    if (rows[0].taken) return;
    if (isFirst) log("Waiting for another Parley that is updating the database");
    await new Promise((resolve) => setTimeout(resolve, RETRY_EVERY_MS));
  }
}

/** The migrations of this program, in order: [{ name, sql, checksum }]. */
export function readMigrations() {
  const names = existsSync(MIGRATIONS) ? readdirSync(MIGRATIONS).toSorted() : [];
  return names
    .map((name) => ({ name, file: path.join(MIGRATIONS, name, "migration.sql") }))
    .filter(({ file }) => existsSync(file))
    .map(({ name, file }) => ({ name, sql: readFileSync(file, "utf8") }))
    .map(({ name, sql }) => ({ name, sql, checksum: createHash("sha256").update(sql).digest("hex") }));
}

async function readApplied(client) {
  try {
    await client.query(CREATE_TABLE);
  } catch (error) {
    throw new PlainError(
      `Can't create tables in the database (${error.message}). Give the database user permission to create tables.`,
    );
  }
  const { rows } = await client.query(
    `SELECT migration_name, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL`,
  );
  const failed = rows.find((row) => !row.finished_at);
  if (failed) {
    throw new PlainError(
      `Migration ${failed.migration_name} failed halfway in an earlier start. Restore a backup, or repair it by hand.`,
    );
  }
  return new Set(rows.map((row) => row.migration_name));
}

function requireKnown(applied, migrations) {
  const unknown = [...applied].find((name) => !migrations.some((migration) => migration.name === name));
  if (!unknown) return;
  throw new PlainError(
    `The database is from a newer version of Parley (it has migration ${unknown}). Update Parley, or use another database.`,
  );
}

/** Applies one migration in a transaction. A failed migration is rolled back and retried at the next start. */
async function apply(client, { name, sql, checksum }) {
  try {
    await client.query("BEGIN");
    await client.query(sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw new PlainError(`Database migration ${name} failed and was undone: ${error.message}.`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  if (existsSync(".env")) process.loadEnvFile(".env");
  const url = process.env.DATABASE_URL ?? "";
  await migrate(url, console.log).then((names) => console.log(`${names.length} migrations applied`), exitWith);
}
