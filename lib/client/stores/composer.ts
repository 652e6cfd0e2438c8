import { createStore } from "zustand/vanilla";

/** What stands in each room's composer, not sent. */
export type ComposerState = { texts: Readonly<Record<string, string>> };

export const createComposerStore = () => createStore<ComposerState>(() => ({ texts: {} }));
export type ComposerStore = ReturnType<typeof createComposerStore>;
