const shared = globalThis as unknown as Record<symbol, unknown>;

/** The values that `once` (lib/server/once.ts) keeps in this process, by name. */
export const state = (shared[Symbol.for("parley")] ??= new Map()) as Map<string, unknown>;

/** The names of the database connections in `state`. */
export const connections = ["pool", "db"];

/** Closes the database connections of this process. The next query opens new ones, to the current DATABASE_URL. */
export async function closeConnections(): Promise<void> {
  const pool = state.get("pool") as { end(): Promise<void> } | undefined;
  for (const name of connections) state.delete(name);
  await pool?.end();
}
