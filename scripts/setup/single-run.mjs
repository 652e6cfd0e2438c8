// Only one Parley process may use a data folder: a second one would start a second database server on the same files.
import { claim } from "./claim.mjs";
import { PlainError } from "./plain-error.mjs";

/** The lock's name. Earlier versions put their socket at this path, so an old and a new version still exclude each other. */
const NAME = "running.sock";

/**
 * Locks the data folder for this process. `address` names this process in the errors of others. If another process holds the
 * lock, throws an error that names that process. Resolves to { interrupted, release() }. `interrupted` is whether the last owner
 * was killed. Then the servers that it started may still be shutting down and hold their ports. For tests, `at(step)` is called
 * at each step.
 */
export async function lockDataFolder(dataDir, address, at) {
  const { owner, ...lock } = await claim(dataDir, NAME, { pid: process.pid, address }, at);
  if (!owner) return lock;
  throw new PlainError(
    `Parley is already running here: ${owner.address ?? dataDir} (process ${owner.pid ?? "unknown"}).`,
  );
}
