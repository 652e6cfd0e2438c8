const pollEveryMs = 10_000;

/** Polls over HTTP every ten seconds, for networks that block WebSockets. */
export function createPolling({ poll, onFailed }: { poll: () => void; onFailed: () => void }) {
  let timer: ReturnType<typeof setInterval> | undefined;
  let working = false;
  return {
    start(): void {
      if (timer) return;
      poll();
      timer = setInterval(poll, pollEveryMs);
    },
    stop(): void {
      clearInterval(timer);
      timer = undefined;
      working = false;
    },
    /** Polls immediately if polling was started. */
    now(): void {
      if (timer) poll();
    },
    /** Call it when a `sync` was answered. Returns whether polling is on. */
    answered(): boolean {
      working = timer !== undefined;
      return working;
    },
    failed(): void {
      if (timer) onFailed();
      working = false;
    },
    isWorking: () => working,
  };
}
