// The Postgres of one run, which faults can break. It loses its memory, never what it wrote: as if the process crashed, not the
// machine.
import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { migrate } from "../../scripts/migrate.mjs";
import { connectOrCreate } from "../../scripts/setup/database.mjs";
import { freePortFor } from "../../scripts/setup/ports.mjs";
import { binaries } from "../../scripts/setup/postgres-binaries.mjs";
import { initialise } from "../../scripts/setup/postgres-init.mjs";
import { launchPostgres } from "../../scripts/setup/postgres-process.mjs";
import { choosePostgresUser } from "../../scripts/setup/postgres-user.mjs";
import { postgresAddress } from "../../scripts/setup/postgres.mjs";

export interface Database {
  url: string;
  port: number;
  /** Runs one statement on its own connection, directly to Postgres. */
  query<Row extends object>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Stops it: "immediate" like a crash, "fast" after rolling back open transactions. Resolves when it has exited. */
  stop(how: "immediate" | "fast"): Promise<void>;
  /** Starts it unless it runs. Resolves when it accepts connections. */
  start(): Promise<void>;
  /** Fills its disk completely, and frees the space again. Null if it has no small disk of its own. */
  disk: { fill(): void; free(): void } | null;
  end(): Promise<void>;
}

const diskBytes = 320 * 1024 * 1024;

/** `smallDisk` puts it on a small disk of its own, which can be filled. Only root on Linux can mount one; others get none. */
export async function startDatabase({ smallDisk }: { smallDisk: boolean }): Promise<Database> {
  const home = mkdtempSync(path.join(tmpdir(), "parley-chaos-"));
  const mounted = smallDisk && mountDisk(home);
  const folder = path.join(home, "postgres");
  const password = "not a secret";
  const programs = await binaries();
  const user = choosePostgresUser(folder);
  mkdirSync(home, { recursive: true });
  await initialise({ folder, password, user, programs, sync: false, log: () => {} });
  const port = await freePortFor(home);
  const extra = {
    // A process that crashes loses nothing it has handed to the system, so fsync is not needed.
    fsync: "off",
    synchronous_commit: "on",
    // Records when each row was committed.
    track_commit_timestamp: "on",
    max_connections: "120",
    max_wal_size: "64MB",
    min_wal_size: "32MB",
  };
  const launch = () => launchPostgres({ folder, port, user, program: programs.postgres, extra });
  let current: ReturnType<typeof launch> | null = null;
  let stopping: Promise<void> | null = null;

  async function start(): Promise<void> {
    await stopping;
    for (let tries = 1; !current; tries++) {
      const launched = launch();
      try {
        await launched.ready();
        current = launched;
        void launched.ended.then(() => (current = current === launched ? null : current));
      } catch (error) {
        // After a crash its last children may still hold the shared memory, and on a full disk it cannot recover.
        if (tries >= 20) throw error;
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    }
  }
  async function stop(how: "immediate" | "fast"): Promise<void> {
    const running = current;
    current = null;
    running?.kill(how === "immediate" ? "SIGQUIT" : "SIGINT");
    stopping = running?.ended ?? null;
    await stopping;
  }

  const url = postgresAddress(port, password);
  await start();
  await (await connectOrCreate(url)).end();
  await migrate(url);
  const filler = path.join(home, "filler");
  return {
    url,
    port,
    async query<Row extends object>(sql: string, values: unknown[] = []) {
      const client = new pg.Client({
        connectionString: url,
        connectionTimeoutMillis: 5_000,
        application_name: "chaos",
      });
      client.on("error", () => {});
      await client.connect();
      try {
        return (await client.query<Row>(sql, values)).rows;
      } finally {
        await client.end();
      }
    },
    stop,
    start,
    disk: mounted ? { fill: () => fill(filler), free: () => rmSync(filler, { force: true }) } : null,
    async end() {
      await stop("immediate");
      if (mounted) spawnSync("umount", ["--lazy", home]);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Mounts a small disk on the folder. Returns whether it could. */
export function mountDisk(folder: string): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  return spawnSync("mount", ["-t", "tmpfs", "-o", `size=${diskBytes},mode=700`, "parley-chaos", folder]).status === 0;
}

/** Writes until the disk refuses. */
function fill(file: string): void {
  const open = openSync(file, "w");
  const piece = Buffer.alloc(1024 * 1024);
  try {
    for (let size = piece.length; size >= 4_096; ) {
      try {
        writeSync(open, piece, 0, size);
      } catch {
        size /= 4;
      }
    }
  } finally {
    closeSync(open);
  }
}
