// Runs before each test file. The files share processes, so that a process loads each module once. This restores the process's
// original environment and removes the server's state, which is all in `once` (lib/server/once.ts). The database connections stay
// open, because opening them and preparing Prisma takes longer than most files.
import { afterAll, beforeAll, vi } from "vitest";
import { closeConnections, connections, state } from "./connections";

const shared = globalThis as unknown as Record<symbol, unknown>;
const original = (shared[Symbol.for("parley: environment of the tests")] ??= { ...process.env }) as NodeJS.ProcessEnv;

for (const name of Object.keys(process.env)) if (!Object.hasOwn(original, name)) delete process.env[name];
Object.assign(process.env, original);
for (const name of state.keys()) if (!connections.includes(name)) state.delete(name);

/** A test file that sets DATABASE_URL has its own connections. */
async function closeOwnConnections(): Promise<void> {
  if (process.env.DATABASE_URL !== original.DATABASE_URL) await closeConnections();
}
beforeAll(closeOwnConnections);
afterAll(async () => {
  vi.useRealTimers();
  await closeOwnConnections();
});
