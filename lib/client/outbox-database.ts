import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { oldestFirst, createMemoryStorage, type OutboxStorage } from "./outbox-storage";
import type { OutboxEntry } from "./stores/outbox";

interface Schema extends DBSchema {
  /** The entries of the outbox. Browsers already have a store of this name, so it cannot be renamed. */
  drafts: { key: string; value: OutboxEntry; indexes: { personId: string } };
}

/** Opens the storage in IndexedDB. If the browser refuses access, such as in a private window, it is in memory. */
export const openStorage = (name: string): Promise<OutboxStorage> =>
  openDatabase(name).then(storageIn, createMemoryStorage);

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
