import { createStore } from "zustand/vanilla";
import type { PresenceState } from "@/lib/contract/presence";

/** Whoever is not in it is offline. Null while nobody tells: then nothing is known of anybody. */
export type PeoplePresence = { states: Readonly<Record<string, PresenceState>> | null };

export const createPresenceStore = () => createStore<PeoplePresence>(() => ({ states: null }));
export type PresenceStore = ReturnType<typeof createPresenceStore>;
