// Pages every list. A cursor is the sort key and id of the last row that was sent. The next page starts after that place, even
// if the row was deleted or renamed, or the asker may no longer see it (docs/decisions/0032).
import { z } from "zod";
import { findIn } from "@/lib/contract/find";
import { compareOrder } from "@/lib/contract/name-order";
import { Id, Time } from "@/lib/contract/operation";
import { AppError } from "@/lib/server/app-error";

/** Text without NUL, which Postgres refuses. */
const Key = z.string().refine((text) => !text.includes("\u0000"));

/** An empty `where`, which every row meets. */
export type Everything = Record<string, never>;

/** How a list is sorted. A place in it is a tuple of the sort keys of one row. */
interface Order<Row, Place, Where, OrderBy> {
  place: z.ZodType<Place>;
  /** Returns the place of a row. */
  of: (row: Row) => Place;
  /** Matches the rows after a place. */
  after: (place: Place) => Where;
  orderBy: OrderBy;
}

// `after` also compares the first key alone, so that Postgres starts to read the index at the place and not at its beginning.

export const byName = {
  place: z.tuple([Key, Id]),
  of: (row: { nameOrder: string; id: string }): [string, string] => [row.nameOrder, row.id],
  after: ([key, id]: [string, string]) => ({
    nameOrder: { gte: key },
    OR: [{ nameOrder: { gt: key } }, { id: { gt: id } }],
  }),
  orderBy: [{ nameOrder: "asc" as const }, { id: "asc" as const }],
};

/** By id: a UUIDv7 begins with its creation time. */
export const newestFirst = {
  place: z.tuple([Id]),
  of: (row: { id: string }): [string] => [row.id],
  after: ([id]: [string]) => ({ id: { lt: id } }),
  orderBy: [{ id: "desc" as const }],
};

export const lastUsedFirst = {
  // Postgres refuses the year 0.
  place: z.tuple([Time.refine((at) => at >= "1970"), Id]),
  of: (row: { lastUsedAt: Date; id: string }): [string, string] => [row.lastUsedAt.toISOString(), row.id],
  after: ([at, id]: [string, string]) => ({
    lastUsedAt: { lte: at },
    OR: [{ lastUsedAt: { lt: at } }, { id: { lt: id } }],
  }),
  orderBy: [{ lastUsedAt: "desc" as const }, { id: "desc" as const }],
};

const cursorOf = (place: unknown) => Buffer.from(JSON.stringify(place)).toString("base64url");

/** Decodes a cursor. Throws `invalid_input` if it is not a cursor of this order. */
export function placeOf<Place>(place: z.ZodType<Place>, cursor: string): Place {
  try {
    return place.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
  } catch {
    throw new AppError("invalid_input", undefined, { after: "That's not a place in this list." });
  }
}

/** Cuts rows to one page. To find out whether there is a next page, pass one row more than `limit`. */
export function pageOf<Row>(
  { of }: { of: (row: Row) => unknown },
  rows: readonly Row[],
  limit: number,
): { rows: Row[]; next: string | null } {
  const here = rows.slice(0, limit);
  const last = here.at(-1);
  return { rows: here, next: last !== undefined && rows.length > limit ? cursorOf(of(last)) : null };
}

interface PageRequest {
  after?: string | undefined;
  limit: number;
}

/** Reads one page. `read` runs the query with this `where`, `orderBy` and `take`. */
export async function readPage<Row, Place, Where, OrderBy>(
  order: Order<Row, Place, Where, OrderBy>,
  { after, limit }: PageRequest,
  read: (page: { where: Where | Everything; orderBy: OrderBy; take: number }) => Promise<Row[]>,
): Promise<{ rows: Row[]; next: string | null }> {
  const where = after === undefined ? {} : order.after(placeOf(order.place, after));
  return pageOf(order, await read({ where, orderBy: order.orderBy, take: limit + 1 }), limit);
}

/** The columns that search reads of each row. */
export interface Findable {
  id: string;
  name: string | null;
  nameOrder: string;
  handle?: string;
}

/** A place in search results: the best rank of the first page, then the rank, sort key and id of the last row sent. */
const FoundPlace = z.tuple([z.number(), z.number(), Key, Id]);

/**
 * Returns one page of the items that match a query, the best first. `items` must be sorted by name. Whether inexact matches
 * count is decided for the first page and stays so for the pages after it.
 */
export function findPage<Item extends Findable>(
  query: string,
  { after, limit }: PageRequest,
  items: readonly Item[],
): { rows: Item[]; next: string | null } {
  const [best, rank, key, id] = after === undefined ? [] : placeOf(FoundPlace, after);
  const textsOf = ({ name, handle }: Item) => [name ?? "", ...(handle === undefined ? [] : [handle])];
  const all = findIn(items, query, textsOf, best);
  const bestRank = best ?? all[0]?.found.rank ?? 0;
  const isAfter = (item: Item) => compareOrder(item.nameOrder, key ?? "") || (item.id > (id ?? "") ? 1 : -1);
  const rest =
    rank === undefined
      ? all
      : all.filter(({ item, found }) => found.rank > rank || (found.rank === rank && isAfter(item) > 0));
  const { rows, next } = pageOf(
    { of: ({ item, found }) => [bestRank, found.rank, item.nameOrder, item.id] },
    rest,
    limit,
  );
  return { rows: rows.map(({ item }) => item), next };
}
