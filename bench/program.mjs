// Starts the programs of a run, each in its own process group: Ctrl-C reaches only the run, which stops them in order.
import { spawn } from "node:child_process";
import { once } from "node:events";

const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 15_000;
const MAX_OUTPUT = 20_000;

/**
 * Starts a program. `ready(child)` resolves once it serves; by default, once it sends { type: "ready" } over IPC. Resolves to
 * { pid, child, output(), ended, stop() }; `output()` is the end of its output, `ended` resolves to its exit code or signal.
 */
export async function startProgram(command, args, { env = {}, ready = isReady, ...options } = {}) {
  const child = spawn(command, args, {
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { ...process.env, ...env },
    ...options,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output = (output + text).slice(-MAX_OUTPUT);
    });
  }
  const ended = new Promise((resolve) => {
    child.once("error", (error) => {
      output += error.message;
      resolve(1);
    });
    child.once("close", (code, signal) => resolve(signal ?? code));
  });
  const program = {
    pid: child.pid,
    child,
    output: () => output,
    ended,
    async stop() {
      child.kill("SIGTERM");
      const force = setTimeout(() => child.kill("SIGKILL"), STOP_WITHIN_MS);
      await ended;
      clearTimeout(force);
    },
  };
  const early = ended.then((code) => {
    throw new Error(`${command} ${args.join(" ")} exited (${code}) before it served:\n${output}`);
  });
  try {
    await Promise.race([ready(child), early, late(() => `${command} ${args.join(" ")} does not serve:\n${output}`)]);
    early.catch(() => {});
  } catch (error) {
    await program.stop();
    throw error;
  }
  return program;
}

async function isReady(child) {
  while (true) {
    const [message] = await once(child, "message");
    if (message.type === "ready") return;
    if (message.type === "failed") throw new Error(message.message);
  }
}

function late(sentence) {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(sentence())), READY_WITHIN_MS).unref();
  });
}
