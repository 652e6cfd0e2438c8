import type { PresenceEvent } from "@/lib/contract/events";
import type { Call } from "./http";
import type { PresenceStore } from "./stores/presence";

const retryMs = 3_000;

/** Receives everybody's presence, and reports to the server whether I am active. */
export function createPresence({ store, call }: { store: PresenceStore; call: Call }) {
  let active = true;
  /** The value of `active` that the server last confirmed; null if the server may no longer have it. */
  let confirmed: boolean | null = true;
  /** Incremented when the server may have lost my state. An answer to a request from before that confirms nothing. */
  let generation = 0;
  let isSending = false;
  let isStopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const toState = (isActive: boolean) => ({ state: isActive ? ("active" as const) : ("idle" as const) });
  const myState = () => toState(active);

  /**
   * Sends my state until it is confirmed, one request at a time, so that requests arrive in order. Retries after a failure.
   */
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
      if (!isStopped) timer = setTimeout(() => void send(), retryMs);
    } finally {
      isSending = false;
    }
  }
  /** Sends my state, unless the server already has it. `assumed` is the state that the server has. Null means unknown. */
  function sendAssuming(assumed: boolean | null): void {
    confirmed = assumed;
    generation++;
    isStopped = false;
    void send();
  }
  return {
    myState,
    sendOnce: () => call("presence.update", myState()),
    /** Sends my state again, because the server may no longer have it. */
    sendAgain: () => sendAssuming(null),
    /** Call after connecting. The server assumes that a new connection is active. */
    onConnect: () => sendAssuming(true),
    /** Stops retries until the next connection. */
    stop(): void {
      isStopped = true;
      clearTimeout(timer);
    },
    /** Call when the connection is lost: everybody's states may be stale. */
    onConnectionLost: () => store.setState({ states: null }),
    receive({ full, people }: PresenceEvent): void {
      const previous = store.getState().states;
      // Ignore changes until a full list has arrived. With only a change, everybody else would be shown as offline.
      if (!full && !previous) return;
      const states = full ? {} : { ...previous };
      for (const [personId, state] of Object.entries(people)) {
        if (state) states[personId] = state;
        else delete states[personId];
      }
      const changedIds = full ? [...Object.keys(previous ?? {}), ...Object.keys(states)] : Object.keys(people);
      const isOther = changedIds.some((id) => (previous?.[id] === "active") !== (states[id] === "active"));
      store.setState(({ activeVersion }) => ({ states, activeVersion: activeVersion + (isOther ? 1 : 0) }));
    },
    isActive: () => active,
    setActive(next: boolean): void {
      if (next === active) return;
      active = next;
      void send();
    },
  };
}
