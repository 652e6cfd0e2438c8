import { env } from "./env";
import { once } from "./once";
import { makeTurns } from "./turns";

/** Whose password is hashed. Recognized browsers have priority. Callers with the same `key` share a queue. */
export interface HashingFor {
  isRecognized: boolean;
  /** Null if nothing identifies the caller. */
  key: string | null;
}

const atOnce = 2;
const waitingAtMost = { perKey: 8, inAll: 32 };

const hashingTurns = () =>
  once("hashing", () => {
    const { limitFactor } = env();
    return makeTurns({
      atOnce,
      waitingPerKey: waitingAtMost.perKey * limitFactor,
      waitingInAll: waitingAtMost.inAll * limitFactor,
    });
  });

/** How many are waiting for a hash. */
export function hashesWaiting(): number {
  return hashingTurns().waiting();
}

/**
 * Runs `work` in its turn, two at a time, because hashing a password takes 19 MiB and a core. Throws `busy` if too many are
 * waiting, so that nobody waits long.
 */
export async function inHashingTurn<T>({ isRecognized, key }: HashingFor, work: () => Promise<T>): Promise<T> {
  const end = await hashingTurns().take({ key, first: isRecognized });
  try {
    return await work();
  } finally {
    end();
  }
}
