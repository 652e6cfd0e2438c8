import type { PresenceEvent } from "@/lib/contract/events";
import type { Call } from "./http";
import type { PresenceStore } from "./stores/presence";

const retryMs = 3_000;

/** Receives who is here, and tells the server whether I am at the keyboard. */
export function createPresence({ store, call }: { store: PresenceStore; call: Call }) {
  let active = true;
  /** The value that the server last confirmed; null when it may have forgotten. */
  let confirmed: boolean | null = true;
  /** Grows with each new connection. An answer from before it does not say what the server knows now. */
  let generation = 0;
  let isSending = false;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const stateOf = (isActive: boolean) => ({ state: isActive ? ("active" as const) : ("idle" as const) });
  const myState = () => stateOf(active);

  /** Sends the state until it is confirmed: one request at a time, so that none overtakes another, and again after a failure. */
  async function send(): Promise<void> {
    if (isSending) return;
    isSending = true;
    clearTimeout(timer);
    try {
      while (confirmed !== active) {
        const sent = { active, generation };
        await call("presence.update", stateOf(sent.active));
        if (sent.generation === generation) confirmed = sent.active;
      }
    } catch {
      if (!stopped) timer = setTimeout(() => void send(), retryMs);
    } finally {
      isSending = false;
    }
  }
  function begin(value: boolean | null): void {
    confirmed = value;
    generation++;
    stopped = false;
    void send();
  }
  return {
    myState,
    sendOnce: () => call("presence.update", myState()),
    /** The server may have forgotten. */
    sendAgain: () => begin(null),
    /** The server takes everybody who connects for active. */
    connected: () => begin(true),
    /** No further request is sent until the next connection. */
    stop(): void {
      stopped = true;
      clearTimeout(timer);
    },
    /** The connection is lost, so the states may be stale. */
    lost: () => store.setState({ states: null }),
    receive({ full, people }: PresenceEvent): void {
      const before = store.getState().states;
      // A change without the full list before it would show everybody else as offline.
      if (!full && !before) return;
      const states = full ? {} : { ...before };
      for (const [personId, state] of Object.entries(people)) {
        if (state) states[personId] = state;
        else delete states[personId];
      }
      store.setState({ states });
    },
    setActive(next: boolean): void {
      if (next === active) return;
      active = next;
      void send();
    },
  };
}
