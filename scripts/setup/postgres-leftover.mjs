// When a run is killed, its PostgreSQL keeps running. A second PostgreSQL can't start on the same files.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { until } from "./until.mjs";

/** The running PostgreSQL server that uses this data folder: { pid, port }, or undefined. */
export function postgresOn(dataDir) {
  const pidFile = path.join(dataDir, "postmaster.pid");
  if (!existsSync(pidFile)) return undefined;
  const lines = readFileSync(pidFile, "utf8").split("\n");
  const pid = Number(lines[0]);
  return pid > 0 && isAlive(pid) && isPostgresOn(dataDir, pid) ? { pid, port: Number(lines[3]) } : undefined;
}

/** Stops a PostgreSQL that an earlier run left running on this folder. Removes a stale lock file. */
export async function stopLeftoverPostgres(dataDir, log) {
  const pidFile = path.join(dataDir, "postmaster.pid");
  const pid = existsSync(pidFile) ? Number.parseInt(readFileSync(pidFile, "utf8"), 10) : 0;
  if (!(pid > 0) || !isAlive(pid)) return; // PostgreSQL removes the lock file of a dead process itself
  if (!isPostgresOn(dataDir, pid)) {
    rmSync(pidFile, { force: true }); // after a crash of the machine, another program may have this process id
    return;
  }
  log("Stopping a PostgreSQL left behind by an interrupted run");
  const hasStopped = () => !existsSync(pidFile) || !isAlive(pid);
  process.kill(pid, "SIGINT");
  if (await until(hasStopped, 10_000)) return;
  process.kill(pid, "SIGQUIT");
  await until(hasStopped, 10_000);
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

function isPostgresOn(dataDir, pid) {
  const file = `/proc/${pid}/cmdline`;
  const args = existsSync("/proc/self/cmdline")
    ? existsSync(file) && readFileSync(file, "utf8").split("\0").join(" ")
    : spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout;
  return Boolean(args) && args.includes("postgres") && args.includes(`-D ${dataDir} `);
}
