import type { OutboxEntry } from "./stores/outbox";

/** Where unsent messages wait. */
export interface OutboxStorage {
  /** Everything that this person has not sent, in the order of writing. */
  list(personId: string): Promise<OutboxEntry[]>;
  has(id: string): Promise<boolean>;
  put(entry: OutboxEntry): Promise<void>;
  remove(id: string): Promise<void>;
}

/** Forgets when the process ends: for programs, and for browsers that refuse to store anything. */
export function createMemoryStorage(): OutboxStorage {
  const entries = new Map<string, OutboxEntry>();
  return {
    list: async (personId) => [...entries.values()].filter((entry) => entry.personId === personId).toSorted(byAge),
    has: async (id) => entries.has(id),
    put: async (entry) => void entries.set(entry.id, entry),
    remove: async (id) => void entries.delete(id),
  };
}

/** Ids are UUIDv7: their order is that of their making. */
export function byAge(a: OutboxEntry, b: OutboxEntry): number {
  return a.id < b.id ? -1 : 1;
}
