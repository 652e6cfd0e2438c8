import { createStore } from "zustand/vanilla";

/** Who types, by room: whom, and until when it is shown, in milliseconds of the clock. */
export type TypingState = { rooms: ReadonlyMap<string, ReadonlyMap<string, number>> };

export const createTypingStore = () => createStore<TypingState>(() => ({ rooms: new Map() }));
export type TypingStore = ReturnType<typeof createTypingStore>;
