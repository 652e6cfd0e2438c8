// What an input is made of, to put something else in the place of each part.

type Way = (string | number)[];

/** Where every text, number and truth value of an input stands. */
export function leavesOf(value: unknown, way: Way = []): Way[] {
  if (typeof value !== "object" || value === null) return value === undefined ? [] : [way];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...way, key]));
}

/** The same input with something else in one place. */
export function withLeaf<T>(input: T, way: Way, value: unknown): T {
  const copy = structuredClone(input);
  const last = way.at(-1) as string;
  const place = way.slice(0, -1).reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], copy);
  (place as Record<string, unknown>)[last] = value;
  return copy;
}

export const leafOf = (input: unknown, way: Way): unknown =>
  way.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], input);
