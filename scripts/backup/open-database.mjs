import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import { connect } from "../setup/database.mjs";
import { PlainError } from "../setup/plain-error.mjs";
import { postgresAddress, startPostgres } from "../setup/postgres.mjs";
import { postgresOn } from "../setup/postgres-leftover.mjs";
import { requireWritable } from "../setup/prepare.mjs";
import { readExistingSecrets, readSecrets } from "../setup/secrets.mjs";
import { lockDataFolder } from "../setup/single-run.mjs";

/** Opens this installation's database: { url, close() }. Starts its PostgreSQL if it is not running; then `close` stops it. */
export async function openDatabase(settings, log) {
  const { databaseUrl, dataDir } = settings;
  if (databaseUrl) return { url: await requireExisting(databaseUrl), close: async () => {} };
  const folder = path.join(dataDir, "postgres");
  if (!existsSync(path.join(folder, "PG_VERSION"))) {
    throw new PlainError(`No database in ${dataDir}. Check DATA_DIR and DATABASE_URL.`);
  }
  const { postgresPassword } = readExistingSecrets(dataDir);
  const running = postgresOn(realpathSync(folder));
  if (running) return { url: postgresAddress(running.port, postgresPassword), close: async () => {} };
  return startPostgresHere(settings, log);
}

/** Like `openDatabase`, but throws if Parley is running, and creates the database if it is missing. */
export async function openExclusively(settings, log) {
  requireWritable([], settings.dataDir); // holds files and secrets, even with an external database
  if (settings.databaseUrl) return { url: settings.databaseUrl, close: async () => {} };
  return startPostgresHere(settings, log);
}

async function startPostgresHere({ dataDir }, log) {
  const folder = await lockDataFolder(dataDir, process.env.npm_lifecycle_event ?? "a command");
  try {
    const { postgresPassword: password } = readSecrets(dataDir);
    const postgres = await startPostgres({ dataDir: path.join(dataDir, "postgres"), password, log });
    return { url: postgres.url, close: () => postgres.stop().finally(folder.release) };
  } catch (error) {
    folder.release();
    throw error;
  }
}

async function requireExisting(databaseUrl) {
  try {
    await (await connect(databaseUrl)).end();
    return databaseUrl;
  } catch (error) {
    if (error.code !== "3D000") throw error;
    throw new PlainError("The database does not exist. Check DATABASE_URL.");
  }
}
