import { createStore } from "zustand/vanilla";
import type { PresenceState } from "@/lib/contract/presence";

/** Whoever is not in it is offline. */
export type PeoplePresence = { states: Readonly<Record<string, PresenceState>> };

export const createPresenceStore = () => createStore<PeoplePresence>(() => ({ states: {} }));
export type PresenceStore = ReturnType<typeof createPresenceStore>;
