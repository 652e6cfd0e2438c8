"use client";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import type { ChosenPresence, PresenceChoice, PresenceState } from "@/lib/contract/presence";
import { choiceAt } from "@/lib/contract/presence-choice";
import { isOffline } from "../stores/connection";
import { useNow } from "./use-now";
import { useParley } from "./use-parley";

/** How many people are active now, of those whom I may see. Undefined while it is unknown. */
export function useActiveCount(): number | undefined {
  const { stores } = useParley();
  const offline = useStore(stores.connection, isOffline);
  const count = useStore(
    stores.presence,
    ({ states }) => states && Object.values(states).filter((state) => state === "active").length,
  );
  return offline ? undefined : (count ?? undefined);
}

/** Grows when somebody becomes active, or is no longer active. Stays the same for a component that does not need it. */
export function useActiveVersion(isNeeded: boolean): number {
  return useStore(useParley().stores.presence, ({ activeVersion }) => (isNeeded ? activeVersion : 0));
}

/** Those of some people who are active now. All of them while it is unknown, or if `isNeeded` is false. */
export function useActiveAmong<Row extends { id: string }>(people: readonly Row[], isNeeded: boolean): readonly Row[] {
  const { stores } = useParley();
  const offline = useStore(stores.connection, isOffline);
  return useStore(
    stores.presence,
    useShallow(({ states }) =>
      isNeeded && states && !offline ? people.filter(({ id }) => states[id] === "active") : people,
    ),
  );
}

/**
 * A person's presence; undefined while it is unknown. Without a connection, I am offline and everybody else is unknown. Mine is
 * what I chose, if I did. Components must read presence only through these hooks.
 */
export function usePresence(personId: string): PresenceState | "offline" | undefined {
  const { stores } = useParley();
  const offline = useStore(stores.connection, isOffline);
  const chosen = useStore(stores.rooms, ({ me, chosenPresence }) => (me.id === personId ? chosenPresence : null));
  const choice = useChoiceNow(chosen);
  const received = useStore(stores.presence, ({ states }) => states && (states[personId] ?? "offline"));
  if (offline) return chosen ? "offline" : undefined;
  return received && choice !== "auto" ? choice : (received ?? undefined);
}

/** What I chose to be seen as. A choice that has ended is `auto`. */
export function useChosenPresence(): Pick<ChosenPresence, "choice" | "until"> {
  const chosen = useStore(useParley().stores.rooms, ({ chosenPresence }) => chosenPresence);
  const choice = useChoiceNow(chosen);
  return { choice, until: choice === "auto" ? null : chosen.until };
}

/** On the server, which does not have my clock, only a choice without an end counts. */
function useChoiceNow(chosen: ChosenPresence | null): PresenceChoice {
  const { choice, until } = chosen ?? { choice: "auto" as const, until: null };
  const end = until === null ? undefined : Date.parse(until);
  const now = useNow(({ date }) => choiceAt({ choice, until }, date.getTime()), end);
  return now ?? (until === null ? choice : "auto");
}
