import { createStore } from "zustand/vanilla";

/** `version` grows when groups, or the rooms that people can find, may have changed. Lists of them are then loaded again. */
export const createListsStore = () => createStore(() => ({ version: 0 }));
export type ListsStore = ReturnType<typeof createListsStore>;
