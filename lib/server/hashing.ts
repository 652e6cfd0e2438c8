import { env } from "./env";
import { once } from "./once";
import { makeTurns } from "./turns";

/** Who waits for a hash: people known to be themselves come first; strangers wait in one line for each `key`. */
export interface Asker {
  known: boolean;
  /** Null: nothing tells this one from the others. */
  key: string | null;
}

const atOnce = 2;
const waitingAtMost = { ofOne: 8, ofAll: 32 };

const desk = () =>
  once("hashing", () => {
    const { limitFactor } = env();
    return makeTurns({
      atOnce,
      ofOne: waitingAtMost.ofOne * limitFactor,
      ofAll: waitingAtMost.ofAll * limitFactor,
    });
  });

/** How many wait. */
export function hashesWaiting(): number {
  return desk().waiting();
}

/**
 * Does the work in its turn, two at once: a password's hash holds 19 MiB and a core. Throws `busy` when too many wait
 * already, so that nobody waits long for an answer.
 */
export async function inTurn<T>({ known, key }: Asker, work: () => Promise<T>): Promise<T> {
  const end = await desk().take({ key, first: known });
  try {
    return await work();
  } finally {
    end();
  }
}
