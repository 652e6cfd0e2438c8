import { createStore } from "zustand/vanilla";

/** By room, the people who are typing and until when that is shown, in milliseconds since 1970. */
export type TypingState = { rooms: ReadonlyMap<string, ReadonlyMap<string, number>> };

export const createTypingStore = () => createStore<TypingState>(() => ({ rooms: new Map() }));
export type TypingStore = ReturnType<typeof createTypingStore>;
