import { spawn } from "node:child_process";

const runningPrograms = new Set();
let isStopped = false; // after `stopAll`, `start` throws

/**
 * Starts a program in its own process group, so that Ctrl-C in the terminal reaches only the runner, which then stops
 * the programs in order. `ended` resolves to { code, output } when the program's output is closed; it never rejects.
 */
export function start(command, args, env = {}) {
  if (isStopped) throw new Error("The run was stopped.");
  const child = spawn(command, args, {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
  }
  const program = { child, output: () => output };
  runningPrograms.add(program);
  program.ended = new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: 1, output: `${command}: ${error.message}\n` }));
    child.once("close", (code) => resolve({ code: code ?? 1, output }));
  }).finally(() => runningPrograms.delete(program));
  return program;
}

/** Stops a program's process group with SIGTERM, and with SIGKILL if it takes longer than ten seconds. */
export async function stop({ child, ended }) {
  signal(child, "SIGTERM");
  const force = setTimeout(() => signal(child, "SIGKILL"), 10_000);
  await ended;
  clearTimeout(force);
}

/** Stops every running program. No other can be started afterwards. */
export async function stopAll() {
  isStopped = true;
  await Promise.all([...runningPrograms].map(stop));
}

function signal(child, name) {
  try {
    process.kill(-child.pid, name);
  } catch {
    // The program has already exited.
  }
}
