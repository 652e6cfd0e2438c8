import { readdir } from "node:fs/promises";
import { db } from "./db";
import { once } from "./once";

interface Asked {
  at: number;
  ready: Promise<boolean>;
}
const state = () => once("health", () => ({ draining: false, asked: null as Asked | null }));

/** How long an answer of the database holds, in milliseconds: whoever asks more often costs it nothing. */
const holdsMs = 250;

/** From now on this process takes no new work. */
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
 * Whether this process should be sent work: it is not draining, the database answers, and has all our migrations. It
 * may have the next version's, too: while one process after the other is replaced, the old ones go on.
 */
export async function isReady(): Promise<boolean> {
  const now = performance.now();
  const last = state().asked;
  const asked = last && now - last.at < holdsMs ? last : (state().asked = { at: now, ready: hasMigrations() });
  return (await asked.ready) && !isDraining();
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
