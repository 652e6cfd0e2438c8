// Starts the built server as a child process, with its own port, on the database of the test run.
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import path from "node:path";
import { freePortFor } from "../../scripts/setup/ports.mjs";

const readyWithinMs = 60_000;
const stopWithinMs = 15_000;

/** The secret of the run, so that every file can sign cookies for the shared server, and a restarted server takes them. */
export const authSecret = process.env.AUTH_SECRET as string;

/** What a file may know of a server that others use at the same time. */
export interface SharedServer {
  url: string;
  port: number;
}

export interface RunningServer extends SharedServer {
  pid: number;
  /** The address of the set-up page with its code, if the organization is not set up yet. */
  setUpAt: string | null;
  /** Its output so far. */
  log(): string;
  /** Resolves to its exit code or to the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
  /** Sends SIGTERM and resolves to the exit code. If it takes too long, kills the process and rejects. */
  stop(): Promise<number | NodeJS.Signals>;
  /** kill -9. */
  kill(): Promise<void>;
  /** Sends a message over IPC, as its supervisor does. Does nothing if the process has ended. */
  tell(message: object): void;
}

/** Starts the server and waits until it is ready. `env` overrides the settings below. */
export async function startServer(env: Record<string, string> = {}, at?: { port: number }): Promise<RunningServer> {
  const file = path.resolve(process.env.PARLEY_SERVER_OUT ?? "dist-test/server.js");
  const port = at?.port ?? (await freePortFor(randomBytes(8).toString("hex")));
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [file], {
    // Next looks for the built pages next to the folder of the bundle.
    cwd: path.join(path.dirname(file), ".."),
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: {
      ...process.env,
      NODE_ENV: "production",
      AUTH_SECRET: authSecret,
      PORT: String(port),
      HOST: "127.0.0.1",
      PUBLIC_URL: url,
      LIMIT_FACTOR: "100",
      LOG_LEVEL: "warn",
      DATABASE_POOL: "10",
      ...env,
    },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once("close", (code, signal) => resolve(code ?? signal ?? 1));
  });
  const { setUpAt } = await isReady(child, ended, () => output);
  return {
    url,
    port,
    pid: child.pid ?? 0,
    setUpAt,
    log: () => output,
    ended,
    stop() {
      child.kill("SIGTERM");
      return within(stopWithinMs, ended, () => {
        child.kill("SIGKILL");
        return `The server did not end on SIGTERM:\n${output}`;
      });
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
    // A process that was killed counts as connected for a moment: the callback receives the error.
    tell: (message) => void (child.connected && child.send(message, () => {})),
  };
}

type Ready = Pick<RunningServer, "setUpAt">;

function isReady(child: ChildProcess, ended: Promise<unknown>, output: () => string): Promise<Ready> {
  const ready = new Promise<Ready>((resolve, reject) => {
    child.on("message", (message: Partial<Ready> & { type?: string; message?: string }) => {
      if (message.type === "ready") resolve({ setUpAt: message.setUpAt ?? null });
      if (message.type === "failed") reject(new Error(`The server did not start: ${message.message}`));
    });
    void ended.then((code) =>
      reject(new Error(`The server ended with ${String(code)} before it served:\n${output()}`)),
    );
  });
  return within(readyWithinMs, ready, () => {
    child.kill("SIGKILL");
    return `The server did not say that it is ready:\n${output()}`;
  });
}

/** Resolves like `work`, or rejects with this sentence if it takes longer. */
export async function within<T>(ms: number, work: Promise<T>, sentence: () => string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(sentence())), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
