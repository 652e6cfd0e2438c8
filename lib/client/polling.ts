const pollEveryMs = 10_000;

/** Polls over HTTP every ten seconds, for networks that block WebSockets. */
export function createPolling({ poll, onFailed }: { poll: () => void; onFailed: () => void }) {
  let timer: ReturnType<typeof setInterval> | undefined;
  /** Whether the last poll was answered. */
  let isWorking = false;
  return {
    start(): void {
      if (timer) return;
      poll();
      timer = setInterval(poll, pollEveryMs);
    },
    stop(): void {
      clearInterval(timer);
      timer = undefined;
      isWorking = false;
    },
    /** Polls immediately if polling was started. */
    pollNow(): void {
      if (timer) poll();
    },
    /** Call when a `sync` was answered. Returns whether polling is on. */
    onAnswer(): boolean {
      isWorking = timer !== undefined;
      return isWorking;
    },
    /** Call when a `sync` has failed. */
    onError(): void {
      if (timer) onFailed();
      isWorking = false;
    },
    isWorking: () => isWorking,
  };
}
