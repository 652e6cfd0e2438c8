import type { PresenceEvent } from "@/lib/contract/events";
import type { Call } from "./http";
import type { PresenceStore } from "./stores/presence";

const againMs = 3_000;

/** Who is here, and whether I am at the keyboard. */
export function createPresence({ store, call }: { store: PresenceStore; call: Call }) {
  let active = true;
  /** What the server knows of it; null while that is not known. */
  let told: boolean | null = true;
  /** Counts what makes an answer that is on its way say nothing of what the server knows now. */
  let turns = 0;
  let telling = false;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const wordsFor = (isActive: boolean) => ({ state: isActive ? ("active" as const) : ("idle" as const) });
  const mine = () => wordsFor(active);

  /** One after the other, so that none overtakes another, and again when one did not arrive. */
  async function settle(): Promise<void> {
    if (telling) return;
    telling = true;
    clearTimeout(timer);
    try {
      while (told !== active) {
        const [now, turn] = [active, turns];
        await call("presence.update", wordsFor(now));
        if (turn === turns) told = now;
      }
    } catch {
      if (!stopped) timer = setTimeout(() => void settle(), againMs);
    } finally {
      telling = false;
    }
  }
  function begin(known: boolean | null): void {
    told = known;
    turns++;
    stopped = false;
    void settle();
  }
  return {
    mine,
    ask: () => call("presence.update", mine()),
    /** The server may have forgotten. */
    tell: () => begin(null),
    /** Connecting by itself says that I am active. */
    connected: () => begin(true),
    /** Nobody wants to know any more. */
    stop(): void {
      stopped = true;
      clearTimeout(timer);
    },
    /** Nobody tells any more: what was heard may no longer be so. */
    lost: () => store.setState({ states: null }),
    heard({ full, people }: PresenceEvent): void {
      const known = store.getState().states;
      // Changes to what is not known say nothing of all the others.
      if (!full && !known) return;
      const states = full ? {} : { ...known };
      for (const [personId, state] of Object.entries(people)) {
        if (state) states[personId] = state;
        else delete states[personId];
      }
      store.setState({ states });
    },
    setActive(next: boolean): void {
      if (next === active) return;
      active = next;
      void settle();
    },
  };
}
