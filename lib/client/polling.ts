const pollEveryMs = 10_000;

/** Polls over HTTP about every ten seconds, for networks that block WebSockets, from the beginning or later. */
export function createPolling({ poll, onFailed }: { poll: () => void; onFailed: () => void }) {
  let timer: ReturnType<typeof setInterval> | undefined;
  /** Whether the last poll was answered. */
  let isWorking = false;
  let wasConnected = false;
  return {
    /** Call when there is no connection. After a lost connection, the first poll is 10 s later, because most connections are back by then. */
    start(): void {
      if (timer) return;
      if (!wasConnected) poll();
      // Clients that were disconnected together do not poll together.
      timer = setInterval(poll, pollEveryMs * (1 + Math.random() / 5));
    },
    /** Call when there is a connection, or the client stops. */
    stop(): void {
      clearInterval(timer);
      timer = undefined;
      isWorking = false;
      wasConnected = true;
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
