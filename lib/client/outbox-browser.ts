import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { oldestFirst, createMemoryStorage, type OutboxStorage } from "./outbox-storage";
import type { OutboxEntry } from "./stores/outbox";

interface Schema extends DBSchema {
  /** The entries of the outbox. Browsers already have a store of this name, so it cannot be renamed. */
  drafts: { key: string; value: OutboxEntry; indexes: { personId: string } };
}

/**
 * Keeps unsent messages in IndexedDB, so that a reload loses none. If the browser refuses access, such as in a private window,
 * keeps them in memory.
 */
export function createBrowserStorage(name = "parley"): OutboxStorage {
  let openedStorage: Promise<OutboxStorage> | null = null;
  // Opens the database when it is first used, because the server that renders the page has none.
  const openStorage = () => (openedStorage ??= openDatabase(name).then(storageIn, createMemoryStorage));
  return {
    list: async (personId) => (await openStorage()).list(personId),
    get: async (id) => (await openStorage()).get(id),
    put: async (entry) => (await openStorage()).put(entry),
    remove: async (id) => (await openStorage()).remove(id),
  };
}

function openDatabase(name: string): Promise<IDBPDatabase<Schema>> {
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
