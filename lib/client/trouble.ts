import type { ConnectionStore } from "./stores/connection";

const askAgainMs = 3_000;

export interface TroubleOptions {
  store: ConnectionStore;
  /** Asks something cheap that needs the server's database. */
  probe: () => Promise<unknown>;
  /** Messages wait to be stored: being able to read is no proof that they can be, as when the disk is full. */
  isWaiting: () => boolean;
  /** What failed is worth another try. */
  onAnswer: () => void;
}

/** Somebody answers, but the server cannot work: its database is away or full. Keeps asking until it can. */
export function createTrouble({ store, probe, isWaiting, onAnswer }: TroubleOptions) {
  let timer: ReturnType<typeof setInterval> | undefined;
  let asking = false;

  function stop(): void {
    clearInterval(timer);
    timer = undefined;
  }
  function over(): void {
    if (!timer) return;
    stop();
    store.setState({ trouble: false });
    onAnswer();
  }
  async function ask(): Promise<void> {
    if (asking) return;
    asking = true;
    const answered = await probe().then(
      () => true,
      () => false,
    );
    asking = false;
    if (!answered || !timer) return;
    if (isWaiting()) onAnswer();
    else over();
  }

  return {
    /** An answer said so. */
    met(): void {
      if (timer) return;
      timer = setInterval(() => void ask(), askAgainMs);
      store.setState({ trouble: true });
    },
    /** Something was stored. */
    over,
    stop,
  };
}
