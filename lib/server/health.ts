import { readdir } from "node:fs/promises";
import { db } from "./db";
import { once } from "./once";

interface Check {
  at: number;
  ready: Promise<boolean>;
}
const state = () => once("health", () => ({ draining: false, lastCheck: null as Check | null }));

/** Checks within this time share one query. */
const cacheMs = 250;

/** After this call, the process reports that it is not ready. */
export function startDraining(): void {
  state().draining = true;
}

export function isDraining(): boolean {
  return state().draining;
}

async function expectedMigration(): Promise<string> {
  const names = await readdir("prisma/migrations", { withFileTypes: true });
  return (
    names
      .flatMap((entry) => (entry.isDirectory() ? entry.name : []))
      .toSorted()
      .at(-1) ?? ""
  );
}

/**
 * Whether a load balancer should send requests here: the process is not draining, and the database answers and has all our
 * migrations. It may have newer migrations, too: during a rolling upgrade, old processes keep running.
 */
export async function isReady(): Promise<boolean> {
  const now = performance.now();
  const last = state().lastCheck;
  const check = last && now - last.at < cacheMs ? last : (state().lastCheck = { at: now, ready: hasMigrations() });
  return (await check.ready) && !isDraining();
}

async function hasMigrations(): Promise<boolean> {
  try {
    const name = await expectedMigration();
    const rows = await db().$queryRaw<object[]>`
      SELECT 1 FROM "_prisma_migrations"
      WHERE migration_name = ${name} AND finished_at IS NOT NULL AND rolled_back_at IS NULL`;
    return rows.length > 0;
  } catch {
    return false;
  }
}
