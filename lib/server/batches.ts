/** How many batches run at once by default. Items that arrive while they run wait for the next batch. */
const maxConcurrentBatches = 2;
const maxBatchSize = 500;

/**
 * Returns a function that processes one item. Items that arrive at the same time share one call of `runBatch`, which returns their
 * results in the same order. If `runBatch` throws, all items of the batch fail. At most `concurrent` batches run at once.
 */
export function inBatches<I, R>(
  runBatch: (items: I[]) => Promise<R[]>,
  { concurrent = maxConcurrentBatches } = {},
): (item: I) => Promise<R> {
  const waiting: { item: I; resolve: (result: R) => void; reject: (error: unknown) => void }[] = [];
  let running = 0;

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, maxBatchSize);
      try {
        const results = await runBatch(batch.map(({ item }) => item));
        for (const [index, { resolve }] of batch.entries()) resolve(results[index] as R);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    // In the same turn as the last look at `waiting`. An item that arrived in between would never be processed.
    running--;
  }
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (running >= concurrent) return;
      running++;
      // Deferred, so that all items that arrive in this turn of the event loop share the batch.
      setImmediate(() => void run());
    });
}

/**
 * Returns a function that looks up one key. Keys that are requested at the same time share one call of `findMany`. The
 * result is undefined for a key that `findMany` does not find.
 */
export function batchLookups<T>(
  findMany: (keys: string[]) => Promise<Map<string, T>>,
): (key: string) => Promise<T | undefined> {
  return inBatches(async (keys: string[]) => {
    const found = await findMany([...new Set(keys)]);
    return keys.map((key) => found.get(key));
  });
}
