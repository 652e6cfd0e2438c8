import { createStore } from "zustand/vanilla";
import type { PresenceState } from "@/lib/contract/presence";

export interface PeoplePresence {
  /** The presence of everybody who is not offline, by person id. Null without a connection, because it is then unknown. */
  states: Readonly<Record<string, PresenceState>> | null;
  /** Grows when somebody becomes active, or is no longer active. */
  activeVersion: number;
}

export const createPresenceStore = () => createStore<PeoplePresence>(() => ({ states: null, activeVersion: 0 }));
export type PresenceStore = ReturnType<typeof createPresenceStore>;
