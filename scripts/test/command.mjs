import { spawn } from "node:child_process";

const running = new Set();
let closed = false; // once the run is being taken down, nothing new begins

/**
 * Starts a program in a process group of its own: Ctrl-C in the terminal reaches the runner alone, which then stops things
 * in order. Resolves `ended` to { code, output } when it and all it started are done; it never rejects.
 */
export function start(command, args, env = {}) {
  if (closed) throw new Error("The run was stopped.");
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
  running.add(program);
  program.ended = new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: 1, output: `${command}: ${error.message}\n` }));
    child.once("close", (code) => resolve({ code: code ?? 1, output }));
  }).finally(() => running.delete(program));
  return program;
}

/** Ends a started program and everything it started: politely, and after ten seconds not. */
export async function stop({ child, ended }) {
  signal(child, "SIGTERM");
  const force = setTimeout(() => signal(child, "SIGKILL"), 10_000);
  await ended;
  clearTimeout(force);
}

/** Ends every program that is still running, and lets no other begin. */
export async function stopAll() {
  closed = true;
  await Promise.all([...running].map(stop));
}

function signal(child, name) {
  try {
    process.kill(-child.pid, name);
  } catch {
    // It has ended by itself.
  }
}
