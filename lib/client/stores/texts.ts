import { createStore } from "zustand/vanilla";

/** Unsent texts, by place: the composer or field they were typed in. */
export type TextsState = { texts: Readonly<Record<string, string>> };

export const createTextsStore = () => createStore<TextsState>(() => ({ texts: {} }));
export type TextsStore = ReturnType<typeof createTextsStore>;
