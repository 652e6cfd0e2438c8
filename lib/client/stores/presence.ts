import { createStore } from "zustand/vanilla";
import type { PresenceState } from "@/lib/contract/presence";

/** The presence of everybody who is not offline, by person id. Null without a connection, because it is then unknown. */
export type PeoplePresence = { states: Readonly<Record<string, PresenceState>> | null };

export const createPresenceStore = () => createStore<PeoplePresence>(() => ({ states: null }));
export type PresenceStore = ReturnType<typeof createPresenceStore>;
