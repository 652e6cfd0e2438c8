import { AppError } from "./app-error";

/** Each key has its own queue; waiters without a key share one. Waiters with `prioritized` have priority: four turns of five. */
export interface Waiter {
  key: string | null;
  prioritized?: boolean;
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

type Grant = () => void;
/** `byKey` is in the order in which the queues get their next turn. */
interface Queues {
  byKey: Map<string, Grant[]>;
  size: number;
}

const retryAfterMs = 1_000;
/** After this many turns with priority, a waiter without priority gets one. */
const maxInARow = 4;

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
  const prioritized: Queues = { byKey: new Map(), size: 0 };
  const unprioritized: Queues = { byKey: new Map(), size: 0 };
  let freeTurns = maxConcurrent;
  let prioritizedInARow = 0;

  function enqueue({ key, prioritized: isFirst }: Waiter, grant: Grant): void {
    const queues = isFirst ? prioritized : unprioritized;
    const queue = queues.byKey.get(key ?? "") ?? [];
    if (queues.size >= waitingInAll || (key !== null && queue.length >= waitingPerKey))
      throw new AppError("busy", undefined, undefined, retryAfterMs);
    queue.push(grant);
    queues.byKey.set(key ?? "", queue);
    queues.size++;
  }

  function dequeue(queues: Queues): Grant | undefined {
    const [nextInTurn] = queues.byKey;
    if (!nextInTurn) return undefined;
    const [key, queue] = nextInTurn;
    const grant = queue.shift();
    queues.byKey.delete(key);
    if (queue.length > 0) queues.byKey.set(key, queue);
    queues.size--;
    return grant;
  }

  function endTurn(): void {
    // Otherwise waiters with priority could keep the others waiting for ever.
    const grant =
      prioritizedInARow < maxInARow
        ? (dequeue(prioritized) ?? dequeue(unprioritized))
        : (dequeue(unprioritized) ?? dequeue(prioritized));
    prioritizedInARow = grant && prioritized.size > 0 && prioritizedInARow < maxInARow ? prioritizedInARow + 1 : 0;
    if (grant) grant();
    else freeTurns++;
  }

  return {
    async take(waiter) {
      if (freeTurns > 0) freeTurns--;
      else {
        const { promise, grant } = deferred();
        enqueue(waiter, grant);
        await promise;
      }
      let ended = false;
      return () => {
        if (!ended) endTurn();
        ended = true;
      };
    },
    waiting: () => prioritized.size + unprioritized.size,
    isIdle: () => freeTurns === maxConcurrent,
  };
}

function deferred(): { promise: Promise<void>; grant: Grant } {
  let grant: Grant = () => {};
  const promise = new Promise<void>((resolve) => (grant = resolve));
  return { promise, grant };
}
