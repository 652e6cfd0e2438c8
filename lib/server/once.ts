/**
 * One value per process, whatever copies of this module exist in it. Next evaluates its own bundled
 * copies of `lib/` beside Node's; only `globalThis` is shared (decision 0002).
 */
export function once<T>(key: string, make: () => T): T {
  const all = ((globalThis as Record<symbol, unknown>)[Symbol.for("parley")] ??= new Map()) as Map<string, unknown>;
  if (!all.has(key)) all.set(key, make());
  return all.get(key) as T;
}
