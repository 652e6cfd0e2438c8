import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import path from "node:path";
import { PlainError } from "./plain-error.mjs";
import { asUser } from "./postgres-user.mjs";
import { until } from "./until.mjs";

const READY_WITHIN_MS = 120_000; // recovery after a crash of the machine may take a while

const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  shared_buffers: "64MB",
  max_connections: "60",
  jit: "off",
  // Reading one page here and there costs about as much as reading pages in order: the data is in memory or on an SSD.
  random_page_cost: "1.1",
  timezone: "UTC",
  // Statements contain people's messages, so even failed statements must not be logged.
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_checkpoints: "off",
};

/**
 * Starts the PostgreSQL program. `extra` are additional settings. Returns { ready(), ended, kill(signal) }. `ready` resolves when
 * PostgreSQL accepts connections, or throws a PlainError. `ended` resolves when the process has exited.
 */
export function launchPostgres({ folder, port, user, program, extra }) {
  const settings = Object.entries({ ...SETTINGS, ...extra, port: String(port) });
  const args = ["-D", folder, ...settings.flatMap(([name, value]) => ["-c", `${name}=${value}`])];
  const run = asUser(user, program, args, [path.dirname(folder), path.dirname(program)]);
  const logFile = `${folder}.log`;
  const output = openSync(logFile, "w", 0o600);
  // Detached, so that Ctrl-C in the terminal does not reach PostgreSQL. It must run until the server has stopped.
  const child = spawn(run.command, run.args, {
    ...run.options,
    detached: true,
    stdio: ["ignore", output, output],
    env: { PATH: process.env.PATH },
  });
  closeSync(output);

  let hasEnded = false;
  const ended = new Promise((resolve) => {
    child.once("exit", resolve);
    child.once("error", resolve); // the program could not be started
  }).then(() => {
    hasEnded = true;
  });

  async function ready() {
    const isReady = () => readStatus(folder, child.pid) === "ready";
    await until(() => hasEnded || isReady(), READY_WITHIN_MS);
    if (!hasEnded && isReady()) return;
    child.kill("SIGQUIT");
    throw new PlainError(`PostgreSQL didn't start (${lastComplaint(logFile)}). See ${logFile}.`);
  }

  return { ready, ended, kill: (signal) => child.kill(signal) };
}

/** The status that PostgreSQL writes to postmaster.pid. Undefined until this process has written the file. */
function readStatus(folder, pid) {
  try {
    const lines = readFileSync(path.join(folder, "postmaster.pid"), "utf8").split("\n");
    return Number(lines[0]) === pid ? lines[7]?.trim() : undefined;
  } catch {
    return undefined; // the file does not exist (yet)
  }
}

function lastComplaint(logFile) {
  const lines = readFileSync(logFile, "utf8").trim().split("\n");
  const complaint = lines.findLast((line) => /FATAL|error/i.test(line));
  return complaint?.replace(/^.*FATAL:\s*/, "") ?? "no answer";
}
