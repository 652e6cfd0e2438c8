const everyMs = 10_000;

/** Where no WebSocket gets through: asks every ten seconds instead of being told. */
export function createPolling({ poll, onFailed }: { poll: () => void; onFailed: () => void }) {
  let timer: ReturnType<typeof setInterval> | undefined;
  let working = false;
  return {
    start(): void {
      if (timer) return;
      poll();
      timer = setInterval(poll, everyMs);
    },
    stop(): void {
      clearInterval(timer);
      timer = undefined;
      working = false;
    },
    /** Somebody does not want to wait. */
    now(): void {
      if (timer) poll();
    },
    /** An answer came. Returns whether it was polled for. */
    worked(): boolean {
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
