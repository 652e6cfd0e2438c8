// The server processes of one run, each with its own link to Postgres, behind one public address.
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { freePortFor, whyNotListen } from "../../scripts/setup/ports.mjs";
import { metricsToken } from "../harness/figures";
import { type RunningServer, startServer } from "../harness/server";
import { type Link, openLink } from "./link";
import type { Journal } from "./journal";

export interface Process {
  name: string;
  /** Its link to Postgres. */
  database: Link;
  port: number;
  running: RunningServer | null;
  /** Gets no new connections: it was asked to stop, or is gone. */
  leaving: boolean;
  paused: boolean;
  /** Whether a fault caused its exit. */
  endExpected: boolean;
  /** Out of service until the faults are over. */
  removed: boolean;
  starting: Promise<void> | null;
}

export interface Fleet {
  /** The public address that browsers open. */
  url: string;
  processes: Process[];
  /** The link of all processes to Redis. Null if Postgres connects them. */
  redis: Link | null;
  /** Processes that run and accept connections. */
  alive(): Process[];
  /** The port of the next living process, as a load balancer chooses it; null if there is none. */
  next(): number | null;
  start(process: Process): Promise<void>;
  kill(process: Process): Promise<void>;
  /** Sends SIGTERM and waits for its exit. */
  stop(process: Process): Promise<void>;
  pause(process: Process): void;
  resume(process: Process): void;
  /** Makes the clock of a process wrong by this time, in ms. Its monotonic clock and its timers stay right. */
  setClock(process: Process, offMs: number): void;
  /** Makes it kill itself when it next reaches that point. Returns a function that cancels this. */
  arm(process: Process, point: string): () => void;
  end(): Promise<void>;
}

export async function startFleet(options: {
  count: number;
  databasePort: number;
  databaseUrl: string;
  redisUrl: URL | null;
  journal: Journal;
}): Promise<Fleet> {
  const { count, databasePort, databaseUrl, redisUrl, journal } = options;
  const url = `http://127.0.0.1:${await freePortFor(randomBytes(8).toString("hex"))}`;
  const redis = redisUrl && (await openLink(() => Number(redisUrl.port)));
  const processes: Process[] = [];
  for (let at = 0; at < count; at++) {
    processes.push({
      name: `process ${at + 1}`,
      database: await openLink(() => databasePort),
      port: await freePortFor(randomBytes(8).toString("hex")),
      running: null,
      leaving: false,
      paused: false,
      endExpected: false,
      removed: false,
      starting: null,
    });
  }
  let turn = 0;
  let over = false;

  const signal = ({ running }: Process, name: NodeJS.Signals) => {
    if (running) process.kill(running.pid, name);
  };
  const isUp = (one: Process) => one.running !== null && !one.leaving && !one.removed;

  function start(one: Process): Promise<void> {
    if (one.running || one.removed || over) return Promise.resolve();
    one.starting ??= launch(one).finally(() => (one.starting = null));
    return one.starting;
  }
  async function launch(one: Process): Promise<void> {
    const env = {
      DATABASE_URL: through(databaseUrl, one.database),
      PUBLIC_URL: url,
      METRICS_TOKEN: metricsToken,
      DATABASE_POOL: "8",
      DATA_DIR: "dist-test/data",
      NODE_OPTIONS: "--enable-source-maps", // for the evidence
      ...(redis && { REDIS_URL: through(redisUrl, redis) }),
    };
    // Another program may have taken its port while it was down.
    if (await whyNotListen(one.port, "127.0.0.1")) one.port = await freePortFor(randomBytes(8).toString("hex"));
    const running = await startServer(env, one);
    Object.assign(one, { running, leaving: false, paused: false, endExpected: false });
    journal.note(`${one.name} serves at ${one.port} (pid ${running.pid})`);
    void running.ended.then((code) => {
      one.running = null;
      journal.note(`${one.name} ended with ${code}`);
      journal.serverLogs.push({ name: `${one.name} (pid ${running.pid})`, text: running.log() });
      if (over || one.endExpected) return;
      journal.violation("I11", `${one.name} ended by itself with ${code}.`, running.log().slice(-4_000));
      void start(one);
    });
  }

  return {
    url,
    processes,
    redis,
    alive: () => processes.filter(isUp),
    next() {
      const up = processes.filter(isUp);
      return up[turn++ % Math.max(1, up.length)]?.port ?? null;
    },
    start,
    async kill(one) {
      one.endExpected = true;
      one.leaving = true;
      await one.running?.kill();
    },
    async stop(one) {
      const { running } = one;
      if (!running) return;
      // It was told to die at a point of the code, which it can still reach while it drains.
      const mayDie = one.endExpected;
      one.endExpected = true;
      one.leaving = true;
      if (one.paused) signal(one, "SIGCONT");
      one.paused = false;
      const began = journal.now();
      const code = await running.stop();
      const passedMs = Math.round(journal.now() - began);
      const ms = passedMs - Math.round(journal.delayedSince(began));
      if (ms > 11_000)
        journal.violation("I11", `${one.name} took ${ms} ms to end on SIGTERM.`, running.log().slice(-4_000));
      // A process that cannot drain within 10 s, for example without a database, exits with another code.
      if (code !== 0 && passedMs < 9_500 && !(mayDie && code === "SIGKILL")) {
        journal.violation(
          "I11",
          `${one.name} ended with ${code} on SIGTERM after ${passedMs} ms.`,
          running.log().slice(-4_000),
        );
      }
    },
    pause(one) {
      one.paused = true;
      signal(one, "SIGSTOP");
    },
    resume(one) {
      if (one.paused) signal(one, "SIGCONT");
      one.paused = false;
    },
    setClock: ({ running }, clockOffMs) => running?.tell({ clockOffMs }),
    arm(one, point) {
      const { running } = one;
      one.endExpected = true;
      running?.tell({ dieAt: point });
      return () => {
        running?.tell({ dieAt: null });
        // A request that is already on its way to the point may still kill it.
        setTimeout(() => {
          // Unless it was asked to stop in the meantime.
          if (one.running === running && !one.leaving) one.endExpected = false;
        }, 2_000).unref();
      };
    },
    async end() {
      over = true;
      for (const one of processes) {
        if (one.paused) signal(one, "SIGCONT");
        await one.running?.kill();
        one.database.close();
      }
      redis?.close();
    },
  };
}

/** The same address, through a link. */
const through = (url: string | URL, { port }: Link): string => Object.assign(new URL(url), { port: String(port) }).href;

/** The memory of a process, in bytes. */
export function memoryOf({ running }: Process): number {
  if (!running) return 0;
  try {
    return Number(readFileSync(`/proc/${running.pid}/statm`, "utf8").split(" ")[1]) * 4_096;
  } catch {
    return 0; // it has just exited
  }
}
