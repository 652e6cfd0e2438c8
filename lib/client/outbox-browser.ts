import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { oldestFirst, createMemoryStorage, type OutboxStorage } from "./outbox-storage";
import type { OutboxEntry } from "./stores/outbox";

interface Schema extends DBSchema {
  /** The name that browsers have stored entries under since the first version. */
  drafts: { key: string; value: OutboxEntry; indexes: { personId: string } };
}

/** Keeps unsent messages in IndexedDB, so that a reload loses none; in memory if the browser refuses that (private windows). */
export function createBrowserStorage(name = "parley"): OutboxStorage {
  let opened: Promise<OutboxStorage> | null = null;
  // Opened when first used: nothing happens while the page is rendered on the server.
  const storage = () => (opened ??= open(name).then(storageIn, createMemoryStorage));
  return {
    list: async (personId) => (await storage()).list(personId),
    get: async (id) => (await storage()).get(id),
    put: async (entry) => (await storage()).put(entry),
    remove: async (id) => (await storage()).remove(id),
  };
}

function open(name: string): Promise<IDBPDatabase<Schema>> {
  return openDB<Schema>(name, 1, {
    upgrade(database) {
      database.createObjectStore("drafts", { keyPath: "id" }).createIndex("personId", "personId");
    },
  });
}

function storageIn(database: IDBPDatabase<Schema>): OutboxStorage {
  return {
    list: async (personId) => (await database.getAllFromIndex("drafts", "personId", personId)).toSorted(oldestFirst),
    get: (id) => database.get("drafts", id),
    put: async (entry) => void (await database.put("drafts", entry)),
    remove: (id) => database.delete("drafts", id),
  };
}
