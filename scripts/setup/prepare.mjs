import { accessSync, constants, mkdirSync } from "node:fs";
import path from "node:path";
import { build } from "./build.mjs";
import { openCheckout } from "./checkout.mjs";
import { generate } from "./generate.mjs";
import { installDependencies } from "./install.mjs";
import { PlainError } from "./plain-error.mjs";
import { whyNotListen } from "./ports.mjs";
import { readSecrets } from "./secrets.mjs";
import { lockDataFolder } from "./single-run.mjs";
import { until } from "./until.mjs";

/** The number of connections per process outside its pool, such as the one that listens for notifications. */
const OUTSIDE_POOL = 2;

/**
 * Prepares everything that the server needs, even in a fresh checkout. Fast if nothing has changed. `withBuild` is false in
 * development. Returns { serverEnv, isNew, release() }: `isNew` is whether there is no organization yet.
 */
export async function prepare(settings, { withBuild, log, signal }) {
  const { root, dataDir, prebuilt, nextDir, serverFile } = settings;
  requireWritable(prebuilt ? [] : [root], dataDir);
  const folder = await lockDataFolder(dataDir, settings.address);
  const checkout = prebuilt ? undefined : openCheckout(root, settings.address, log, signal);
  let database;
  async function release() {
    await database?.stop();
    checkout?.release();
    folder.release();
  }

  async function prepareAll() {
    if (checkout) await installDependencies(checkout, log, signal);
    const secrets = readSecrets(dataDir);
    database = await openDatabase(settings, secrets, log);
    signal.throwIfAborted();
    // Imported here because they need the dependencies.
    const { migrate } = await import("../migrate.mjs");
    const { hasNoOrganization } = await import("./database.mjs");
    await migrate(database.url, log, { signal });
    const isNew = await hasNoOrganization(database.url);
    const serverUrl = await database.serverUrl();
    if (checkout) await generate(checkout, log, signal);
    if (checkout && withBuild) await build(checkout, settings, log, signal);
    await checkout?.use(["node_modules", nextDir, ...(withBuild ? [serverFile] : ["lib/generated"])]);
    return { isNew, serverEnv: serverEnv(settings, secrets, serverUrl) };
  }

  try {
    // If the last run was killed, its servers may need some time to exit and free their ports.
    for (const port of settings.ports) {
      await requireFreePort(port, settings, folder.interrupted ? 12_000 : 0);
    }
    return { ...(await (checkout ? checkout.change(prepareAll) : prepareAll())), release };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Creates DATA_DIR if it is missing. Throws a PlainError if a folder is not writable. */
export function requireWritable(folders, dataDir) {
  try {
    for (const folder of folders) accessSync(folder, constants.W_OK);
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.W_OK);
  } catch (error) {
    throw new PlainError(`Parley can't write to ${error.path ?? dataDir}. Start it as the user that owns the folder.`);
  }
}

async function requireFreePort(port, { host, ports }, patienceMs) {
  // localhost has two addresses, and a browser may try either.
  const hosts = host === "localhost" ? ["127.0.0.1", "::1"] : [host];
  let refusal;
  const isFree = async () => {
    const answers = await Promise.all(hosts.map((each) => whyNotListen(port, each)));
    refusal = answers.find((code) => code && !(host === "localhost" && code === "EADDRNOTAVAIL"));
    return !refusal;
  };
  if (await until(isFree, patienceMs, 100)) return;
  if (refusal === "EADDRINUSE") {
    throw new PlainError(
      `Port ${port} is taken by another program. Stop it, or choose another port: PORT=${port + 1} npm start${ports.length > 1 ? ` -- --processes ${ports.length}` : ""}.`,
    );
  }
  if (refusal === "EACCES")
    throw new PlainError(`Ordinary users can't use port ${port}. Choose one above 1023 with PORT.`);
  throw new PlainError(`Can't listen on ${host}, port ${port} (${refusal}). Check HOST and PORT.`);
}

/** Returns { url, serverUrl(), stop() }. Migrate with `url`. Afterwards, `serverUrl()` resolves to the URL for the server. */
async function openDatabase({ databaseUrl, dataDir, ports }, { postgresPassword, serverPassword }, log) {
  if (databaseUrl) return { url: databaseUrl, serverUrl: async () => databaseUrl, stop: async () => {} };
  const { startPostgres } = await import("./postgres.mjs");
  const extra = { max_connections: String(connectionsFor(ports.length)) };
  const { setUpServerRole } = await import("./server-role.mjs");
  const options = { dataDir: path.join(dataDir, "postgres"), password: postgresPassword, log, extra };
  const postgres = await startPostgres(options);
  return { ...postgres, serverUrl: () => setUpServerRole(postgres.url, serverPassword) };
}

/** Enough connections for all processes, backups, the doctor and people who connect by hand. */
function connectionsFor(processes) {
  const pool = Number(process.env.DATABASE_POOL) || 10; // the server rejects a value that is not a number
  return Math.max(60, processes * (pool + OUTSIDE_POOL) + 30);
}

function serverEnv({ host, dataDir, authSecret, nextDir }, secrets, databaseUrl) {
  return {
    ...process.env,
    NODE_ENV: "production",
    HOST: host,
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: authSecret ?? secrets.authSecret,
    NEXT_DIST_DIR: nextDir,
    NEXT_TELEMETRY_DISABLED: "1",
  };
}
