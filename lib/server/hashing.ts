import { env } from "./env";
import { once } from "./once";
import { makeTurns } from "./turns";

/** Whose password is hashed. Recognized browsers have priority. Callers with the same `key` share a queue. */
export interface HashQueue {
  isRecognized: boolean;
  /** Null if nothing identifies the caller. */
  key: string | null;
}

const maxConcurrent = 2;
const maxWaiting = { perKey: 8, inAll: 32 };

const hashSlots = () =>
  once("hashing", () => {
    const { limitFactor } = env();
    return makeTurns({
      maxConcurrent,
      waitingPerKey: maxWaiting.perKey * limitFactor,
      waitingInAll: maxWaiting.inAll * limitFactor,
    });
  });

/** How many are waiting for a hash. */
export function hashesWaiting(): number {
  return hashSlots().waiting();
}

/**
 * Runs `hash` in its turn, two at a time, because hashing a password takes 19 MiB and a core. Throws `busy` if too many are
 * waiting, so that nobody waits long.
 */
export async function withHashSlot<T>({ isRecognized, key }: HashQueue, hash: () => Promise<T>): Promise<T> {
  const release = await hashSlots().take({ key, prioritized: isRecognized });
  try {
    return await hash();
  } finally {
    release();
  }
}
