import { findIn } from "@/lib/contract/find";

/** One page of what a query finds, the best first: its ids, and whether there are more after them. */
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
 * What the database leaves out before names are compared. One or two letters are in most names: only those that have them
 * as they were typed, and not more than these, are looked through.
 */
export function narrowed(query: string): { contains: { contains: string; mode: "insensitive" }; take: number } | null {
  const typed = query.trim().replace(/^[@#]/, "");
  if (Array.from(typed).length > 2) return null;
  return { contains: { contains: typed.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" }, take: 500 };
}

/** Rows that were read by their ids, in the order of these. */
export function inOrderOf<Row>(ids: readonly string[], rows: readonly Row[], idOf: (row: Row) => string): Row[] {
  const byId = new Map(rows.map((row) => [idOf(row), row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
