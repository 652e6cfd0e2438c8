import { AppError } from "./app-error";

/** Each key has its own queue; waiters without a key share one. Waiters with `first` have priority: four turns of five. */
export interface Waiter {
  key: string | null;
  first?: boolean;
}

/** Limits how much work runs at once. The queues of all keys are served in rotation, so a long queue delays only itself. */
export interface Turns {
  /** Resolves to a function that ends the turn; calling it twice is harmless. Throws `busy` when too many wait. */
  take(waiter: Waiter): Promise<() => void>;
  /** How many are waiting. */
  waiting(): number;
  /** Whether nothing runs and nothing waits. */
  isIdle(): boolean;
}

type Go = () => void;
/** `byKey` is in the order in which the queues get their next turn. */
interface Queues {
  byKey: Map<string, Go[]>;
  size: number;
}

const busyMs = 1_000;
/** After this many turns with priority, a waiter without priority gets one. */
const mostInARow = 4;

/**
 * At most `maxConcurrent` pieces of work run at the same time. At most `waitingPerKey` waiters of one key may wait, and
 * `waitingInAll` of all keys. Waiters with priority are counted separately.
 */
export function makeTurns({
  maxConcurrent,
  waitingPerKey,
  waitingInAll,
}: {
  maxConcurrent: number;
  waitingPerKey: number;
  waitingInAll: number;
}): Turns {
  const first: Queues = { byKey: new Map(), size: 0 };
  const others: Queues = { byKey: new Map(), size: 0 };
  let free = maxConcurrent;
  let firstInARow = 0;

  function join({ key, first: isFirst }: Waiter, go: Go): void {
    const queues = isFirst ? first : others;
    const queue = queues.byKey.get(key ?? "") ?? [];
    if (queues.size >= waitingInAll || (key !== null && queue.length >= waitingPerKey))
      throw new AppError("busy", undefined, undefined, busyMs);
    queue.push(go);
    queues.byKey.set(key ?? "", queue);
    queues.size++;
  }

  function next(queues: Queues): Go | undefined {
    const [nextInTurn] = queues.byKey;
    if (!nextInTurn) return undefined;
    const [key, queue] = nextInTurn;
    const go = queue.shift();
    queues.byKey.delete(key);
    if (queue.length > 0) queues.byKey.set(key, queue);
    queues.size--;
    return go;
  }

  function end(): void {
    // Otherwise waiters with priority could keep the others waiting for ever.
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
    isIdle: () => free === maxConcurrent,
  };
}

function signal(): { promise: Promise<void>; go: Go } {
  let go: Go = () => {};
  const promise = new Promise<void>((resolve) => (go = resolve));
  return { promise, go };
}
