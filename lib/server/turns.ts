import { AppError } from "./app-error";

export interface Waiter {
  /** Each key has its own queue. Waiters without a key share a queue. */
  key: string | null;
  /** If others wait too, waiters with priority get four turns of five. */
  hasPriority?: boolean;
}

/** Limits how many tasks run at once. The queues of all keys get turns in rotation, so a long queue delays only itself. */
export interface Turns {
  /** Resolves to a function that ends the turn, and that may be called twice. Throws `busy` if too many are waiting. */
  take(waiter: Waiter): Promise<() => void>;
  /** How many are waiting. */
  waiting(): number;
  /** Whether nothing runs and nothing waits. */
  isIdle(): boolean;
}

/** Gives a waiter its turn. */
type Grant = () => void;
interface Queues {
  /** In the order in which the queues get their next turn. */
  byKey: Map<string, Grant[]>;
  /** The number of waiters in all queues. */
  size: number;
}

const retryAfterMs = 1_000;
/** After this many turns with priority, a waiter without priority gets a turn. */
const maxInARow = 4;

/**
 * At most `maxConcurrent` tasks run at the same time. At most `maxWaitingPerKey` waiters of one key may wait, and `maxWaiting` of
 * all keys together. Waiters with priority are counted separately.
 */
export function makeTurns({
  maxConcurrent,
  maxWaitingPerKey,
  maxWaiting,
}: {
  maxConcurrent: number;
  maxWaitingPerKey: number;
  maxWaiting: number;
}): Turns {
  const withPriority: Queues = { byKey: new Map(), size: 0 };
  const withoutPriority: Queues = { byKey: new Map(), size: 0 };
  let freeTurns = maxConcurrent;
  let priorityTurnsInARow = 0;

  function enqueue({ key, hasPriority }: Waiter, grant: Grant): void {
    const queues = hasPriority ? withPriority : withoutPriority;
    const queue = queues.byKey.get(key ?? "") ?? [];
    if (queues.size >= maxWaiting || (key !== null && queue.length >= maxWaitingPerKey))
      throw new AppError("busy", undefined, undefined, retryAfterMs);
    queue.push(grant);
    queues.byKey.set(key ?? "", queue);
    queues.size++;
  }

  function dequeue(queues: Queues): Grant | undefined {
    const [firstEntry] = queues.byKey;
    if (!firstEntry) return undefined;
    const [key, queue] = firstEntry;
    const grant = queue.shift();
    queues.byKey.delete(key);
    if (queue.length > 0) queues.byKey.set(key, queue);
    queues.size--;
    return grant;
  }

  function endTurn(): void {
    const isPriorityTurn = priorityTurnsInARow < maxInARow;
    const grant = isPriorityTurn
      ? (dequeue(withPriority) ?? dequeue(withoutPriority))
      : (dequeue(withoutPriority) ?? dequeue(withPriority));
    priorityTurnsInARow = grant && withPriority.size > 0 && isPriorityTurn ? priorityTurnsInARow + 1 : 0;
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
      let hasEnded = false;
      return () => {
        if (!hasEnded) endTurn();
        hasEnded = true;
      };
    },
    waiting: () => withPriority.size + withoutPriority.size,
    isIdle: () => freeTurns === maxConcurrent,
  };
}

function deferred(): { promise: Promise<void>; grant: Grant } {
  let grant: Grant = () => {};
  const promise = new Promise<void>((resolve) => (grant = resolve));
  return { promise, grant };
}
