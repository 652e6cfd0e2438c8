const shared = globalThis as unknown as Record<symbol, unknown>;

/** What `once` (lib/server/once.ts) keeps in this process. */
export const state = (shared[Symbol.for("parley")] ??= new Map()) as Map<string, unknown>;

/** The names that `once` keeps the database connections by. */
export const connections = ["pool", "db"];

/** Closes the database connections of this process. The next query opens others, to the DATABASE_URL of then. */
export async function closeConnections(): Promise<void> {
  const pool = state.get("pool") as { end(): Promise<void> } | undefined;
  for (const name of connections) state.delete(name);
  await pool?.end();
}
