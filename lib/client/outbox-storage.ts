import type { Draft } from "./stores/outbox";

/** Where unsent messages wait. */
export interface OutboxStorage {
  /** Everything that this person has not sent, in the order of writing. */
  list(personId: string): Promise<Draft[]>;
  has(id: string): Promise<boolean>;
  put(draft: Draft): Promise<void>;
  remove(id: string): Promise<void>;
}

/** Forgets when the process ends: for programs, and for browsers that refuse to store anything. */
export function createMemoryStorage(): OutboxStorage {
  const drafts = new Map<string, Draft>();
  return {
    list: async (personId) => [...drafts.values()].filter((draft) => draft.personId === personId).toSorted(byAge),
    has: async (id) => drafts.has(id),
    put: async (draft) => void drafts.set(draft.id, draft),
    remove: async (id) => void drafts.delete(id),
  };
}

/** Ids are UUIDv7: their order is that of their making. */
export function byAge(a: Draft, b: Draft): number {
  return a.id < b.id ? -1 : 1;
}
