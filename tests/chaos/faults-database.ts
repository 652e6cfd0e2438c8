// Faults of Postgres, and of the connections to it.
import pg from "pg";
import { startRedis } from "../../scripts/test/redis.mjs";
import type { Fault, Mend } from "./fault";
import type { Fleet } from "./fleet";
import type { Link, LineState } from "./link";
import { type Dice, pick, type Run } from "./run-state";

/** The links to Postgres of one process, or of all. */
function linksOf(run: Run, [die = 0, all = 0]: Dice): Link[] {
  const links = run.fleet.processes.map((one) => one.database);
  return all < 0.5 ? links : links.slice(Math.floor(die * links.length)).slice(0, 1);
}

const onLinks = (name: string, ms: Fault["ms"], broken: Partial<LineState>, mended: Partial<LineState>): Fault => ({
  name,
  ms,
  strike(run, dice) {
    const links = linksOf(run, dice);
    for (const link of links) link.change(broken);
    return () => {
      for (const link of links) link.change(mended);
    };
  },
});

const stopped = (name: string, ms: Fault["ms"]): Fault => ({
  name,
  ms,
  async strike({ database }) {
    await database.stop("fast");
    return () => database.start();
  },
});

const serverBackends = `datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND application_name <> 'chaos'`;

/** One silence at a time: the end of a shorter one would end a longer one, too. */
const silentFleets = new WeakSet<Fleet>();

/**
 * The connections of the bus stay, and carry nothing. Every promise holds, because it is silent for all processes: if it were so for
 * one, the others could not tell that this one lives.
 */
export const silentBusFault: Fault = {
  name: "ring bus silent",
  ms: [3_000, 25_000],
  needs: "several processes",
  strike({ fleet }): Mend | undefined {
    if (silentFleets.has(fleet)) return;
    const { redis } = fleet;
    const links = redis ? [redis] : fleet.processes.map(({ database }) => database);
    const set = (isSilent: boolean) => {
      for (const link of links) link.change(redis ? { stalled: isSilent } : { stallsListeners: isSilent });
    };
    set(true);
    silentFleets.add(fleet);
    return () => {
      set(false);
      silentFleets.delete(fleet);
    };
  },
};

export const databaseFaults: Fault[] = [
  {
    name: "Postgres backend killed",
    ms: [0, 0],
    async strike(run, [die]) {
      const backends = await run.database
        .query<{ pid: number }>(`SELECT pid FROM pg_stat_activity WHERE ${serverBackends} ORDER BY pid`)
        .catch(() => []);
      const backend = pick(backends, die);
      if (!backend) return;
      // Postgres then ends all other backends, because the shared memory may be damaged, and recovers as after a crash.
      try {
        process.kill(backend.pid, "SIGKILL");
      } catch {
        return; // it has just exited
      }
      return () => {};
    },
  },
  {
    name: "Postgres crashes",
    ms: [0, 1_500],
    async strike({ database }) {
      await database.stop("immediate");
      return () => database.start();
    },
  },
  stopped("Postgres stopped", [1_500, 7_000]),
  { ...stopped("Postgres stopped for five minutes", [300_000, 300_000]), rare: true },
  {
    name: "database connections terminated",
    ms: [0, 0],
    async strike({ database }) {
      await database
        .query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${serverBackends}`)
        .catch(() => []);
      return () => {};
    },
  },
  {
    name: "database connections reset",
    ms: [0, 0],
    strike(run, dice) {
      for (const link of linksOf(run, dice)) link.cut();
      return () => {};
    },
  },
  onLinks("database unreachable", [300, 3_000], { up: false }, { up: true }),
  onLinks("database link stalled", [500, 12_000], { stalled: true }, { stalled: false }),
  onLinks("database 200 ms away", [1_000, 4_000], { latencyMs: 100 }, { latencyMs: 0 }),
  {
    name: "table locked for 3 s",
    ms: [3_000, 3_000],
    async strike({ database }, [die]) {
      const table = pick(["Message", "Room", "Membership", "Session", "Person"], die);
      const client = new pg.Client({
        connectionString: database.url,
        application_name: "chaos",
        statement_timeout: 5_000,
      });
      client.on("error", () => {});
      try {
        await client.connect();
        await client.query(`BEGIN; LOCK TABLE "${table}" IN ACCESS EXCLUSIVE MODE`);
      } catch {
        return void client.end().catch(() => {});
      }
      return () => client.end().catch(() => {});
    },
  },
  {
    name: "ring bus lost",
    ms: [500, 4_000],
    needs: "several processes",
    async strike(run) {
      const { database, redis } = run;
      if (redis) {
        await redis.stop();
        return async () => {
          run.redis = await startRedis(redis);
        };
      }
      await database
        .query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${serverBackends} AND query ~ '^(LISTEN|SELECT pg_notify)'`,
        )
        .catch(() => []);
      return () => {};
    },
  },
  silentBusFault,
  {
    name: "disk full",
    ms: [1_000, 4_000],
    needs: "a small disk",
    strike({ database }) {
      database.disk?.fill();
      return async () => {
        database.disk?.free();
        await database.start();
      };
    },
  },
];
