// Starts programs for the tests, such as nginx. Each program has its own temporary folder and listens on loopback.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePortFor } from "../setup/ports.mjs";
import { until } from "../setup/until.mjs";
import { find } from "./debian.mjs";

const ANSWERS_WITHIN_MS = 10_000;

/**
 * Starts a program and waits until it listens. `argsFor({ port, folder })` returns its arguments. Its port is `at.port`, or a
 * free one. Resolves to { port, folder, pid, output(), stop() }. `stop` ends the program and removes its folder.
 */
export async function startProgram(name, argsFor, at = {}) {
  const file = find(name);
  if (!file) throw new Error(`${name} isn't installed. node scripts/test.mjs whole installs it.`);
  const port = at.port ?? (await freePortFor(randomBytes(8).toString("hex")));
  const folder = mkdtempSync(join(tmpdir(), `parley-${name}-`));
  const child = spawn(file, argsFor({ port, folder }), { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  let hasEnded = false;
  const ended = new Promise((resolve) => {
    child.once("error", resolve);
    child.once("close", resolve);
  }).then(() => {
    hasEnded = true;
  });
  async function stop() {
    child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
  await until(async () => hasEnded || (await isListening(port)), ANSWERS_WITHIN_MS);
  if (!hasEnded && (await isListening(port))) return { port, folder, pid: child.pid, output: () => output, stop };
  await stop();
  throw new Error(`${name} did not start:\n${output}`);
}

function isListening(port) {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}
