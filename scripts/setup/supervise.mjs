import { spawn } from "node:child_process";
import { once } from "node:events";
import { PlainError } from "./plain-error.mjs";

const DRAIN_MS = 11_000; // after SIGTERM, a server exits by itself within ten seconds
/** The longest pause between restarts. */
const MAX_PAUSE_MS = 30_000;
/** After a server has run for this long, the pause before its next restart is short again. */
const STEADY_AFTER_MS = 60_000;

/**
 * Keeps server processes running. `entries` are [{ name, args, env }] for Node. Returns { ready, stop() }. `ready` resolves to
 * the ready messages of all servers when all have started, and rejects if one can't start. `stop` lets the servers finish their
 * requests. A server sends { type: "ready", url, setUpAt, reach } or { type: "failed", message } over IPC. `message` is one
 * sentence.
 */
export function supervise(entries, say) {
  const servers = entries.map((entry) => keepRunning(entry, say));
  return {
    ready: Promise.all(servers.map(({ ready }) => ready)),
    stop: () => Promise.all(servers.map(({ stop }) => stop())),
  };
}

function keepRunning({ name, args, env }, say) {
  const ready = Promise.withResolvers ? Promise.withResolvers() : withResolvers();
  const stopped = new AbortController();
  let wasReady = false;
  let child;

  async function restart() {
    for (let pauseMs = 500; !stopped.signal.aborted; pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS)) {
      const startedAt = Date.now();
      let failure;
      // Detached, so that Ctrl-C reaches the server only once, through this process. If this process is killed, the IPC channel
      // closes and the server drains.
      child = spawn(process.execPath, args, { env, detached: true, stdio: ["ignore", "inherit", "inherit", "ipc"] });
      child.on("message", (message) => {
        if (message?.type === "failed") failure = message.message;
        if (message?.type !== "ready") return;
        wasReady = true;
        ready.resolve(message);
      });
      // A process that can't be started emits "error" instead of "exit".
      const [code, signal] = await once(child, "exit").catch((error) => [error.code]);
      if (stopped.signal.aborted) return;
      const reason = failure ?? `${name} stopped unexpectedly (${signal ?? `exit code ${code}`}).`;
      if (!wasReady) return ready.reject(new PlainError(failure ?? `${reason} See its output above.`));
      if (Date.now() - startedAt > STEADY_AFTER_MS) pauseMs = 500;
      say(`${reason} Restarting in ${pauseMs / 1000} s.`);
      await pause(pauseMs, stopped.signal);
    }
  }

  const ended = restart();
  async function stop() {
    stopped.abort();
    child.kill("SIGTERM");
    const force = setTimeout(() => child.kill("SIGKILL"), DRAIN_MS);
    await ended;
    clearTimeout(force);
  }
  return { ready: ready.promise, stop };
}

function withResolvers() {
  const parts = {};
  parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return parts;
}

function pause(ms, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
