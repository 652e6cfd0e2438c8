import type { PresenceEvent } from "@/lib/contract/events";
import type { Call } from "./http";
import type { PresenceStore } from "./stores/presence";

/** Who is here, and whether I am at the keyboard. */
export function createPresence({ store, call }: { store: PresenceStore; call: Call }) {
  let active = true;
  const mine = () => ({ state: active ? ("active" as const) : ("idle" as const) });
  const ask = () => call("presence.update", mine());
  function tell(): void {
    // Volatile: what does not arrive is told again after connecting.
    ask().catch(() => {});
  }
  return {
    mine,
    ask,
    tell,
    /** After connecting, which by itself says that I am active. */
    connected(): void {
      if (!active) tell();
    },
    heard({ full, people }: PresenceEvent): void {
      const states = full ? {} : { ...store.getState().states };
      for (const [personId, state] of Object.entries(people)) {
        if (state) states[personId] = state;
        else delete states[personId];
      }
      store.setState({ states });
    },
    setActive(next: boolean): void {
      if (next === active) return;
      active = next;
      tell();
    },
  };
}
