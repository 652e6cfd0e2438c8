// One Parley a data folder: two would fight over one database.
import { claim } from "./claim.mjs";
import { PlainError } from "./plain-error.mjs";

/** Where earlier versions have their socket: whichever comes second finds the other. */
const NAME = "running.sock";

/**
 * Takes the folder for this process, or says who has it. Returns { interrupted, release() }; `interrupted` is whether
 * the last owner was killed, so that its server may still be finishing.
 */
export async function takeFolder(dataDir, address, at) {
  const { owner, ...taken } = await claim(dataDir, NAME, { pid: process.pid, address }, at);
  if (!owner) return taken;
  throw new PlainError(
    `Parley is already running here: ${owner.address ?? dataDir} (process ${owner.pid ?? "unknown"}).`,
  );
}
