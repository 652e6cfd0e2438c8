import { createStore } from "zustand/vanilla";

/** Unsent text, by the place it is written in. */
export type TextsState = { texts: Readonly<Record<string, string>> };

export const createTextsStore = () => createStore<TextsState>(() => ({ texts: {} }));
export type TextsStore = ReturnType<typeof createTextsStore>;
