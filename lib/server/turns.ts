import { AppError } from "./app-error";

/** Whoever waits: a line for each key, and one for all without. Those who go `first` do so before the others, four times out of five. */
export interface Waiter {
  key: string | null;
  first?: boolean;
}

/** Lets a bounded number of pieces of work run at once. Keys take turns, so that a long line delays nobody but itself. */
export interface Turns {
  /** Resolves to a function that ends the turn; calling it twice is harmless. Throws `busy` when too many wait. */
  take(waiter: Waiter): Promise<() => void>;
  /** How many wait. */
  waiting(): number;
  /** Whether nobody has a turn or waits for one. */
  isIdle(): boolean;
}

type Go = () => void;
interface Lines {
  byKey: Map<string, Go[]>;
  size: number;
}

const busyMs = 1_000;
/** After so many who go first, one of the others does. */
const mostInARow = 4;

/** `ofOne` and `ofAll` are how many may wait, of one key and together; those who go first are counted by themselves. */
export function makeTurns({ atOnce, ofOne, ofAll }: { atOnce: number; ofOne: number; ofAll: number }): Turns {
  const first: Lines = { byKey: new Map(), size: 0 };
  const others: Lines = { byKey: new Map(), size: 0 };
  let free = atOnce;
  let firstInARow = 0;

  function join({ key, first: isFirst }: Waiter, go: Go): void {
    const lines = isFirst ? first : others;
    const line = lines.byKey.get(key ?? "") ?? [];
    if (lines.size >= ofAll || (key !== null && line.length >= ofOne))
      throw new AppError("busy", undefined, undefined, busyMs);
    line.push(go);
    lines.byKey.set(key ?? "", line);
    lines.size++;
  }

  function next(lines: Lines): Go | undefined {
    const [longestAgo] = lines.byKey;
    if (!longestAgo) return undefined;
    const [key, line] = longestAgo;
    const go = line.shift();
    lines.byKey.delete(key);
    if (line.length > 0) lines.byKey.set(key, line);
    lines.size--;
    return go;
  }

  function end(): void {
    // Not for ever: whoever may go first could keep everybody else waiting.
    const go = firstInARow < mostInARow ? (next(first) ?? next(others)) : (next(others) ?? next(first));
    firstInARow = go && first.size > 0 && firstInARow < mostInARow ? firstInARow + 1 : 0;
    if (go) go();
    else free++;
  }

  return {
    async take(waiter) {
      if (free > 0) free--;
      else {
        const { promise, go } = signal();
        join(waiter, go);
        await promise;
      }
      let ended = false;
      return () => {
        if (!ended) end();
        ended = true;
      };
    },
    waiting: () => first.size + others.size,
    isIdle: () => free === atOnce,
  };
}

function signal(): { promise: Promise<void>; go: Go } {
  let go: Go = () => {};
  const promise = new Promise<void>((resolve) => (go = resolve));
  return { promise, go };
}
