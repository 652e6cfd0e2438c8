import type { OutboxEntry } from "./stores/outbox";

/** Stores unsent messages. */
export interface OutboxStorage {
  /** The unsent messages of this person, oldest first. */
  list(personId: string): Promise<OutboxEntry[]>;
  get(id: string): Promise<OutboxEntry | undefined>;
  put(entry: OutboxEntry): Promise<void>;
  remove(id: string): Promise<void>;
}

/** Storage in memory, for programs and for browsers that refuse to store anything. */
export function createMemoryStorage(): OutboxStorage {
  const entries = new Map<string, OutboxEntry>();
  return {
    list: async (personId) =>
      [...entries.values()].filter((entry) => entry.personId === personId).toSorted(oldestFirst),
    get: async (id) => entries.get(id),
    put: async (entry) => void entries.set(entry.id, entry),
    remove: async (id) => void entries.delete(id),
  };
}

/** Compares two entries. Ids are UUIDv7, which sort by creation time. */
export function oldestFirst(a: OutboxEntry, b: OutboxEntry): number {
  return a.id < b.id ? -1 : 1;
}
