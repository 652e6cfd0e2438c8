// Lists the values in an input, so that a test can replace each of them.

type Path = (string | number)[];

/** The path of every string, number and boolean in an input. */
export function leavesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return value === undefined ? [] : [path];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}

/** A copy of the input with another value at one path. */
export function withLeaf<T>(input: T, path: Path, value: unknown): T {
  const copy = structuredClone(input);
  const last = path.at(-1) as string;
  const place = path.slice(0, -1).reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], copy);
  (place as Record<string, unknown>)[last] = value;
  return copy;
}

export const leafOf = (input: unknown, path: Path): unknown =>
  path.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], input);
