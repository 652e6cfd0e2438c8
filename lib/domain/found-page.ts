import { findIn } from "@/lib/contract/find";

/** One page of a query's results, the best first: their ids, and whether more follow. */
export function foundPage<Item extends { id: string }>(
  items: readonly Item[],
  query: string,
  textsOf: (item: Item) => readonly string[],
  { after, limit }: { after?: string | undefined; limit: number },
): { ids: string[]; more: boolean } {
  const all = findIn(items, query, textsOf).map(({ item }) => item.id);
  const from = after === undefined ? 0 : all.indexOf(after) + 1 || all.length;
  return { ids: all.slice(from, from + limit), more: all.length > from + limit };
}

/**
 * How the database preselects names. One or two letters occur in most names, so only names that contain them as typed are
 * compared, and only this many.
 */
export function narrowed(query: string): { contains: { contains: string; mode: "insensitive" }; take: number } | null {
  const typed = query.trim().replace(/^[@#]/, "");
  if (Array.from(typed).length > 2) return null;
  return { contains: { contains: typed.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" }, take: 500 };
}

/** These rows in the order of `ids`. */
export function inOrderOf<Row>(ids: readonly string[], rows: readonly Row[], idOf: (row: Row) => string): Row[] {
  const byId = new Map(rows.map((row) => [idOf(row), row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
