import { migrate } from "../migrate.mjs";
import { connectOrCreate } from "../setup/database.mjs";
import { PlainError } from "../setup/plain-error.mjs";
import { until } from "../setup/until.mjs";
import { loadBackup, requireEmptyTables } from "./load.mjs";
import { appliedMigrations } from "./migrations.mjs";

/** Restores a verified backup. Loads it into tables of the backup's version, then migrates the tables to this version. */
export async function restore(url, file, { header, dataDir, log, signal }) {
  const client = await connectOrCreate(url);
  try {
    await requireNoOtherConnections(client);
    await requireEmptyTables(client);
    const backupNames = new Set(header.migrations.map(({ name }) => name));
    const later = (await appliedMigrations(client))?.find(({ name }) => !backupNames.has(name));
    if (later) {
      throw new PlainError(
        `The database already has migration ${later.name}, which the backup doesn't. Restore into a database Parley has never used.`,
      );
    }
    await migrate(url, log, { only: backupNames });
    log("Restoring");
    await loadBackup(client, file, { dataDir, signal });
  } finally {
    await client.end();
  }
  await migrate(url, log);
}

/** Throws if there are other connections to the database, because a running server would keep using its cached data. */
async function requireNoOtherConnections(client) {
  const isAlone = async () => {
    const { rowCount } = await client.query(
      `SELECT 1 FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename IS NOT NULL LIMIT 1`,
    );
    return rowCount === 0;
  };
  // Postgres still lists a connection for a moment after it was closed.
  if (await until(isAlone, 1_000, 100)) return;
  throw new PlainError("The database is in use. Stop Parley and anything else connected to it.");
}
