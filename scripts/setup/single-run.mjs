// Only one Parley may use a data folder: a second one would start a second database server on the same files.
import { claim } from "./claim.mjs";
import { PlainError } from "./plain-error.mjs";

/** The lock's name. Earlier versions put their socket at this path, so an old and a new version exclude each other. */
const NAME = "running.sock";

/**
 * Locks the data folder for this process. `address` is this process's name in error messages of other processes. Throws an error
 * with the owner's name if another process has the lock. Resolves to { interrupted, release() }. `interrupted` is whether the
 * last owner was killed; its servers may still be shutting down and use their ports. For tests, `at(step)` is called at each
 * step.
 */
export async function lockDataFolder(dataDir, address, at) {
  const { owner, ...lock } = await claim(dataDir, NAME, { pid: process.pid, address }, at);
  if (!owner) return lock;
  throw new PlainError(
    `Parley is already running here: ${owner.address ?? dataDir} (process ${owner.pid ?? "unknown"}).`,
  );
}
