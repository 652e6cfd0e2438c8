/** So many questions of one kind are asked of the database at once; who comes meanwhile is asked about together. */
const underWayAtMost = 2;
const togetherAtMost = 500;

/**
 * Answers one key after the other by asking about many: when a thousand come at once, each question of theirs would
 * cost more to send than to answer. A key that `ask` does not answer is undefined.
 */
export function gather<T>(ask: (keys: string[]) => Promise<Map<string, T>>): (key: string) => Promise<T | undefined> {
  const waiting: { key: string; resolve: (found: T | undefined) => void; reject: (error: unknown) => void }[] = [];
  let underWay = 0;

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const some = waiting.splice(0, togetherAtMost);
      try {
        const found = await ask([...new Set(some.map(({ key }) => key))]);
        for (const { key, resolve } of some) resolve(found.get(key));
      } catch (error) {
        for (const { reject } of some) reject(error);
      }
    }
  }
  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject });
      if (underWay >= underWayAtMost) return;
      underWay++;
      // What else comes in this turn of the loop goes along.
      setImmediate(() => void run().finally(() => underWay--));
    });
}
