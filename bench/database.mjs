// PostgreSQL as `npm start` runs it: the same program and settings, so a commit is on disk before it is reported.
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { connect, connectOrCreate } from "../scripts/setup/database.mjs";
import { startPostgres } from "../scripts/setup/postgres.mjs";

/** Starts a PostgreSQL in this folder. Resolves to { url, pid, version, stop, create(name), open(url) }. */
export async function startDatabase(folder, log) {
  const dataDir = path.join(folder, "postgres");
  // More connections than `npm start` allows, because the compared systems run side by side.
  const extra = { max_connections: "150" };
  const { url, stop } = await startPostgres({ dataDir, password: randomBytes(18).toString("base64url"), log, extra });
  const pid = Number.parseInt(readFileSync(path.join(dataDir, "postmaster.pid"), "utf8"), 10);
  const client = await connect(url);
  const { rows } = await client.query(
    "SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes', 'server_version')",
  );
  await client.end();
  const settings = Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
  for (const name of ["fsync", "synchronous_commit", "full_page_writes"]) {
    if (settings[name] !== "on") throw new Error(`${name} is ${settings[name]}: the measurements would be wrong.`);
  }
  return {
    url,
    pid,
    version: settings.server_version,
    stop,
    /** Resolves to the address of a database with this name, created if it is missing. */
    async create(name) {
      const named = Object.assign(new URL(url), { pathname: `/${name}` }).href;
      await (await connectOrCreate(named)).end();
      return named;
    },
  };
}
