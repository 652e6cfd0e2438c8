import { readdir } from "node:fs/promises";
import { db } from "./db";
import { once } from "./once";

const state = () => once("health", () => ({ draining: false }));

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

/** Whether this process should be sent work: it is not draining, the database answers, and its migrations are ours. */
export async function isReady(): Promise<boolean> {
  if (isDraining()) return false;
  try {
    const rows = await db().$queryRaw<{ name: string | null }[]>`
      SELECT max(migration_name) AS name FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`;
    return rows[0]?.name === (await expectedMigration());
  } catch {
    return false;
  }
}
