import { AppError } from "./app-error";

/** A queue that lets a bounded number of pieces of work run at once, first come, first served. */
export interface Turns {
  /** Resolves to a function that ends the turn; calling it twice is harmless. Throws `busy` when too many wait. */
  take(): Promise<() => void>;
  /** How many have a turn or wait for one. */
  size(): number;
}

export function makeTurns({ atOnce, waitingAtMost }: { atOnce: number; waitingAtMost: number }): Turns {
  const waiting: (() => void)[] = [];
  let running = 0;
  const end = () => {
    const next = waiting.shift();
    if (next) next();
    else running--;
  };
  return {
    async take() {
      if (running < atOnce) running++;
      else if (waiting.length >= waitingAtMost) throw new AppError("busy", undefined, undefined, 2_000);
      else await new Promise<void>((go) => waiting.push(go));
      let ended = false;
      return () => {
        if (!ended) end();
        ended = true;
      };
    },
    size: () => running + waiting.length,
  };
}
