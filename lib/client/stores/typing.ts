import { createStore } from "zustand/vanilla";

/**
 * The people who are typing, by the id of the room, or of the first message of the thread. The number is the time until which a person is
 * shown, by `performance.now()`.
 */
export type TypingState = { rooms: ReadonlyMap<string, ReadonlyMap<string, number>> };

export const createTypingStore = () => createStore<TypingState>(() => ({ rooms: new Map() }));
export type TypingStore = ReturnType<typeof createTypingStore>;
