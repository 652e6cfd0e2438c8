// Only one Parley may use a data folder: two would fight over one database.
import { claim } from "./claim.mjs";
import { PlainError } from "./plain-error.mjs";

/** Earlier versions put their socket at this path, so old and new versions detect each other. */
const NAME = "running.sock";

/**
 * Locks the folder for this process, or throws a sentence that names its owner. Returns { interrupted, release() }.
 * `interrupted` is whether the last owner was killed; then its server may still be shutting down.
 */
export async function takeFolder(dataDir, address, at) {
  const { owner, ...lock } = await claim(dataDir, NAME, { pid: process.pid, address }, at);
  if (!owner) return lock;
  throw new PlainError(
    `Parley is already running here: ${owner.address ?? dataDir} (process ${owner.pid ?? "unknown"}).`,
  );
}
