import { backOff } from "./back-off";
import type { OutboxStorage } from "./outbox-storage";

/**
 * Keeps unsent messages in IndexedDB, so that a reload loses none. The database is opened when it is first used, because the server
 * that renders the page has none, and its code is fetched then.
 */
export function createBrowserStorage(name = "parley"): OutboxStorage {
  const retryDelay = backOff({ firstMs: 500, maxMs: 5_000 });
  let opened: Promise<OutboxStorage> | null = null;
  const open = () =>
    (opened ??= import("./outbox-database").then(
      ({ openStorage }) => openStorage(name),
      (error: unknown) => {
        opened = null;
        throw error;
      },
    ));
  /** Waits until the code can be fetched: what an earlier page has stored must not be missed. */
  async function list(personId: string) {
    for (;;) {
      const storage = await open().catch(() => null);
      if (storage) return storage.list(personId);
      await new Promise((resolve) => setTimeout(resolve, retryDelay.next()));
    }
  }
  return {
    list,
    get: async (id) => (await open()).get(id),
    put: async (entry) => (await open()).put(entry),
    remove: async (id) => (await open()).remove(id),
  };
}
