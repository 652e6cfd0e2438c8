import type { ConnectionStore } from "./stores/connection";

const probeEveryMs = 3_000;

export interface TroubleOptions {
  store: ConnectionStore;
  /** Makes a cheap request that needs the server's database. */
  probe: () => Promise<unknown>;
  /** Whether messages wait to be sent. If the server's disk is full, the probe succeeds, but sending a message still fails. */
  isWaiting: () => boolean;
  /** Called when failed requests should be retried. */
  retryAll: () => void;
}

/** Tracks whether the server responds but cannot use its database, which is unreachable or full. Probes until it can. */
export function createTrouble({ store, probe, isWaiting, retryAll }: TroubleOptions) {
  let timer: ReturnType<typeof setInterval> | undefined;
  let isProbing = false;

  function stop(): void {
    clearInterval(timer);
    timer = undefined;
  }
  function end(): void {
    if (!timer) return;
    stop();
    store.setState({ trouble: false });
    retryAll();
  }
  async function runProbe(): Promise<void> {
    if (isProbing) return;
    isProbing = true;
    const answered = await probe().then(
      () => true,
      () => false,
    );
    isProbing = false;
    if (!answered || !timer) return;
    if (isWaiting()) retryAll();
    else end();
  }

  return {
    /** Call when a request failed because the server cannot use its database. */
    begin(): void {
      if (timer) return;
      timer = setInterval(() => void runProbe(), probeEveryMs);
      store.setState({ trouble: true });
    },
    /** Call when the server has stored something. */
    end,
    stop,
  };
}
