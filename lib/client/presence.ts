import type { PresenceEvent } from "@/lib/contract/events";
import type { Call } from "./http";
import type { PresenceStore } from "./stores/presence";

const retryMs = 3_000;

/** Receives everybody's presence, and tells the server whether this person is active. */
export function createPresence({ store, call }: { store: PresenceStore; call: Call }) {
  let active = true;
  /** The value that the server last confirmed; null if the server may no longer have it. */
  let confirmed: boolean | null = true;
  /** Incremented when the server may have lost the state. The answer to a request sent before that confirms nothing. */
  let generation = 0;
  let isSending = false;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const toState = (isActive: boolean) => ({ state: isActive ? ("active" as const) : ("idle" as const) });
  const myState = () => toState(active);

  /** Sends the state until it is confirmed, one request at a time, so that they arrive in order. Retries after a failure. */
  async function send(): Promise<void> {
    if (isSending) return;
    isSending = true;
    clearTimeout(timer);
    try {
      while (confirmed !== active) {
        const sent = { active, generation };
        await call("presence.update", toState(sent.active));
        if (sent.generation === generation) confirmed = sent.active;
      }
    } catch {
      if (!stopped) timer = setTimeout(() => void send(), retryMs);
    } finally {
      isSending = false;
    }
  }
  /** `assumed` is what the server now takes the state to be; null if that is unknown. */
  function sendAssuming(assumed: boolean | null): void {
    confirmed = assumed;
    generation++;
    stopped = false;
    void send();
  }
  return {
    myState,
    sendOnce: () => call("presence.update", myState()),
    /** Sends the state again: the server may no longer have it. */
    sendAgain: () => sendAssuming(null),
    /** Call it after connecting. The server assumes that a new connection is active. */
    connected: () => sendAssuming(true),
    /** Stops retries until the next connection. */
    stop(): void {
      stopped = true;
      clearTimeout(timer);
    },
    /** Call it when the connection is lost: the states may be stale. */
    lost: () => store.setState({ states: null }),
    receive({ full, people }: PresenceEvent): void {
      const previous = store.getState().states;
      // A change without the full list before it would show everybody else as offline.
      if (!full && !previous) return;
      const states = full ? {} : { ...previous };
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
