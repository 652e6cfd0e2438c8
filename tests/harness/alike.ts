// Compares what different worlds are told, in which ids, times and random names differ.

/**
 * An answer or event with ids, times, tokens and random names replaced by their kind. Ids that `nameOf` knows get that name. Lists
 * are sorted by content, because the names differ. Fields named in `without` become null.
 */
export function alike(
  value: unknown,
  { nameOf = () => undefined, without = [] }: { nameOf?: NameOf; without?: readonly string[] } = {},
): unknown {
  const put = (text: string) => kindOf(text, nameOf);
  const walk = (each: unknown): unknown => {
    if (Array.isArray(each)) return each.map(walk).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    if (typeof each === "object" && each !== null)
      return Object.fromEntries(
        Object.entries(each).map(([key, field]) => [put(key), without.includes(key) ? null : walk(field)]),
      );
    return typeof each === "string" ? put(each) : each;
  };
  return walk(value);
}

/** The name of what has this id, if it has one. */
export type NameOf = (id: string) => string | undefined;

function kindOf(text: string, nameOf: NameOf): string {
  return text
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) => nameOf(id) ?? "<id>")
    .replace(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/, "<time>")
    .replace(/^[\w-]{43}$/, "<token>")
    .replace(/[0-9a-f]{64}-[0-9a-f]{12}/g, "<picture>")
    .replace(/[0-9a-f]{12}/g, "<made up>");
}
