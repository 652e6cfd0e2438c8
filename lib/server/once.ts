/**
 * One value per process. Next evaluates its own copies of `lib/`, so a module-level variable would exist several times. Only
 * `globalThis` is shared (decision 0002).
 */
export function once<T>(key: string, make: () => T): T {
  const all = ((globalThis as Record<symbol, unknown>)[Symbol.for("parley")] ??= new Map()) as Map<string, unknown>;
  if (!all.has(key)) all.set(key, make());
  return all.get(key) as T;
}
