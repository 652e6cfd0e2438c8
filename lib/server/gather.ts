/** How many queries of one lookup run at once. Keys that arrive meanwhile are looked up in the next one. */
const maxConcurrentBatches = 2;
const maxBatchSize = 500;

/**
 * Returns a function that looks up one key. Keys that are requested at the same time share one call of `findMany`. The
 * result is undefined for a key that `findMany` does not find.
 */
export function batchLookups<T>(
  findMany: (keys: string[]) => Promise<Map<string, T>>,
): (key: string) => Promise<T | undefined> {
  const waiting: { key: string; resolve: (found: T | undefined) => void; reject: (error: unknown) => void }[] = [];
  let running = 0;

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, maxBatchSize);
      try {
        const found = await findMany([...new Set(batch.map(({ key }) => key))]);
        for (const { key, resolve } of batch) resolve(found.get(key));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
  }
  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject });
      if (running >= maxConcurrentBatches) return;
      running++;
      // Deferred, so that all keys that arrive in this turn of the event loop share the batch.
      setImmediate(() => void run().finally(() => running--));
    });
}
