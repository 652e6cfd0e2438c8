import { env } from "./env";
import { once } from "./once";
import { makeTurns } from "./turns";

/** Whose password waits to be hashed. */
export interface HashCaller {
  /** Whether the caller's browser signed in before. Such callers have priority. */
  isRecognized: boolean;
  /** Callers with the same key share a queue. Null if nothing identifies the caller. */
  key: string | null;
}

const maxConcurrent = 2;
const maxWaiting = { perKey: 8, total: 32 };

const hashSlots = () =>
  once("hashing", () => {
    const { limitFactor } = env();
    return makeTurns({
      maxConcurrent,
      maxWaitingPerKey: maxWaiting.perKey * limitFactor,
      maxWaiting: maxWaiting.total * limitFactor,
    });
  });

/** How many passwords wait to be hashed. */
export function countWaitingHashes(): number {
  return hashSlots().waiting();
}

/**
 * Runs `hash` when its turn comes. Two run at a time, because hashing a password takes 19 MiB and a core. Throws `busy` if too
 * many are waiting, so that nobody waits long.
 */
export async function withHashSlot<T>({ isRecognized, key }: HashCaller, hash: () => Promise<T>): Promise<T> {
  const endTurn = await hashSlots().take({ key, hasPriority: isRecognized });
  try {
    return await hash();
  } finally {
    endTurn();
  }
}
