import { AppError } from "./app-error";
import { env } from "./env";
import { once } from "./once";

/** Who waits for a hash: people known to be themselves come first; strangers wait in one line for each `key`. */
export interface Asker {
  known: boolean;
  /** Null: nothing tells this one from the others. */
  key: string | null;
}

const atOnce = 2;
const waitingAtMost = { ofOne: 8, ofAll: 32 };
const busyMs = 1_000;

type Go = () => void;

/** Those who wait, a line for each key. The keys take turns, so that a long line delays nobody but itself. */
class Lines {
  private readonly lines = new Map<string, Go[]>();
  size = 0;

  join({ key }: Asker, go: Go): void {
    const line = this.lines.get(key ?? "") ?? [];
    const ofOne = key === null ? waitingAtMost.ofAll : waitingAtMost.ofOne;
    const factor = env().limitFactor;
    if (this.size >= waitingAtMost.ofAll * factor || line.length >= ofOne * factor)
      throw new AppError("busy", undefined, undefined, busyMs);
    this.lines.set(key ?? "", [...line, go]);
    this.size++;
  }

  next(): Go | undefined {
    const [first] = this.lines;
    if (!first) return undefined;
    const [key, [go, ...rest]] = first;
    this.lines.delete(key);
    if (rest.length > 0) this.lines.set(key, rest);
    this.size--;
    return go;
  }
}

const desk = () => once("hashing", () => ({ free: atOnce, known: new Lines(), strangers: new Lines() }));

/** How many wait. */
export function hashesWaiting(): number {
  return desk().known.size + desk().strangers.size;
}

/**
 * Does the work in its turn, two at once: a password's hash holds 19 MiB and a core. Throws `busy` when too many wait
 * already, so that nobody waits long for an answer.
 */
export async function inTurn<T>(asker: Asker, work: () => Promise<T>): Promise<T> {
  const { known, strangers } = desk();
  if (desk().free > 0) desk().free--;
  else
    await new Promise<void>((go, refuse) => {
      try {
        (asker.known ? known : strangers).join(asker, go);
      } catch (error) {
        refuse(error);
      }
    });
  try {
    return await work();
  } finally {
    const next = known.next() ?? strangers.next();
    if (next) next();
    else desk().free++;
  }
}
