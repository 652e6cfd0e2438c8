// Splits lists into pages. A cursor holds the sort key and id of the last row that was sent. The next page starts after that
// position, even if the row has been deleted or renamed since then, or the reader may no longer see it (docs/decisions/0032).
import { z } from "zod";
import { findIn } from "@/lib/contract/find";
import { compareOrder } from "@/lib/contract/name-order";
import { Id, Time } from "@/lib/contract/operation";
import { AppError } from "@/lib/server/app-error";

/** Text without NUL, which Postgres refuses. */
const Key = z.string().refine((text) => !text.includes("\u0000"));

/** An empty `where` matches every row. */
export type AllRows = Record<string, never>;

/** How a list is sorted. A position is the tuple of a row's sort keys. */
interface Order<Row, Position, Where, OrderBy> {
  position: z.ZodType<Position>;
  /** Returns the position of a row. */
  positionOf: (row: Row) => Position;
  /** Matches the rows after a position. */
  after: (position: Position) => Where;
  orderBy: OrderBy;
}

// `after` also compares the first key by itself, so that Postgres starts to read the index at the position, not at the beginning.

export const byName = {
  position: z.tuple([Key, Id]),
  positionOf: (row: { nameOrder: string; id: string }): [string, string] => [row.nameOrder, row.id],
  after: ([key, id]: [string, string]) => ({
    nameOrder: { gte: key },
    OR: [{ nameOrder: { gt: key } }, { id: { gt: id } }],
  }),
  orderBy: [{ nameOrder: "asc" as const }, { id: "asc" as const }],
};

/** Sorts by id, because a UUIDv7 begins with its creation time. */
export const newestFirst = {
  position: z.tuple([Id]),
  positionOf: (row: { id: string }): [string] => [row.id],
  after: ([id]: [string]) => ({ id: { lt: id } }),
  orderBy: [{ id: "desc" as const }],
};

export const lastUsedFirst = {
  // Postgres refuses the year 0, and no row is older than 1970.
  position: z.tuple([Time.refine((at) => at >= "1970"), Id]),
  positionOf: (row: { lastUsedAt: Date; id: string }): [string, string] => [row.lastUsedAt.toISOString(), row.id],
  after: ([at, id]: [string, string]) => ({
    lastUsedAt: { lte: at },
    OR: [{ lastUsedAt: { lt: at } }, { id: { lt: id } }],
  }),
  orderBy: [{ lastUsedAt: "desc" as const }, { id: "desc" as const }],
};

export const mostPeopleFirst = {
  position: z.tuple([z.int32(), Id]),
  positionOf: (row: { people: number; roomId: string }): [number, string] => [row.people, row.roomId],
  after: ([people, id]: [number, string]) => ({
    people: { lte: people },
    OR: [{ people: { lt: people } }, { roomId: { lt: id } }],
  }),
  orderBy: [{ people: "desc" as const }, { roomId: "desc" as const }],
};

export const lastActiveFirst = {
  position: z.tuple([Time.refine((at) => at >= "1970"), Id]),
  positionOf: (row: { activeAt: Date; roomId: string }): [string, string] => [row.activeAt.toISOString(), row.roomId],
  after: ([at, id]: [string, string]) => ({
    activeAt: { lte: at },
    OR: [{ activeAt: { lt: at } }, { roomId: { lt: id } }],
  }),
  orderBy: [{ activeAt: "desc" as const }, { roomId: "desc" as const }],
};

/** The highest number first, then the newest. For queries that sort in SQL. */
export const byNumber = {
  position: z.tuple([z.number(), Id]),
  positionOf: (row: { value: number; id: string }): [number, string] => [row.value, row.id],
};

/** People who were never seen come last. */
export const lastSeenFirst = {
  position: z.tuple([Time.refine((at) => at >= "1970").nullable(), Id]),
  positionOf: (row: { lastSeenAt: Date | null; id: string }): [string | null, string] => [
    row.lastSeenAt?.toISOString() ?? null,
    row.id,
  ],
  after: ([at, id]: [string | null, string]) =>
    at === null
      ? { lastSeenAt: null, id: { lt: id } }
      : { OR: [{ lastSeenAt: { lt: at } }, { lastSeenAt: at, id: { lt: id } }, { lastSeenAt: null }] },
  orderBy: [{ lastSeenAt: { sort: "desc" as const, nulls: "last" as const } }, { id: "desc" as const }],
};

const encodeCursor = (position: unknown) => Buffer.from(JSON.stringify(position)).toString("base64url");

/** Decodes a cursor. Throws `invalid_input` if it is not a cursor for this order. */
export function decodeCursor<Position>(position: z.ZodType<Position>, cursor: string): Position {
  try {
    return position.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
  } catch {
    throw new AppError("invalid_input", undefined, { after: "That's not a place in this list." });
  }
}

/** Cuts rows to one page of `limit` rows. To find out whether there is a next page, read one row more. */
export function toPage<Row>(
  { positionOf }: { positionOf: (row: Row) => unknown },
  rows: readonly Row[],
  limit: number,
): { rows: Row[]; next: string | null } {
  const pageRows = rows.slice(0, limit);
  const last = pageRows.at(-1);
  return { rows: pageRows, next: last !== undefined && rows.length > limit ? encodeCursor(positionOf(last)) : null };
}

interface PageRequest {
  after?: string | undefined;
  limit: number;
}

/** Reads one page. `read` runs the query with this `where`, `orderBy` and `take`. */
export async function readPage<Row, Position, Where, OrderBy>(
  order: Order<Row, Position, Where, OrderBy>,
  { after, limit }: PageRequest,
  read: (page: { where: Where | AllRows; orderBy: OrderBy; take: number }) => Promise<Row[]>,
): Promise<{ rows: Row[]; next: string | null }> {
  const where = after === undefined ? {} : order.after(decodeCursor(order.position, after));
  return toPage(order, await read({ where, orderBy: order.orderBy, take: limit + 1 }), limit);
}

/** The columns that search reads of each row. */
export interface SearchableRow {
  id: string;
  name: string | null;
  nameOrder: string;
  handle?: string;
}

/**
 * A position in search results: the best rank of the first page, then the rank, sort key and id of the last row that was sent.
 */
const SearchPosition = z.tuple([z.number(), z.number(), Key, Id]);

/**
 * Returns one page of the items that match a query, best first. `items` must be sorted by name. The best rank of the first page
 * decides whether inexact matches are included. The cursor carries that rank to the later pages.
 */
export function findPage<Item extends SearchableRow>(
  query: string,
  { after, limit }: PageRequest,
  items: readonly Item[],
): { rows: Item[]; next: string | null } {
  const [best, rank, key, id] = after === undefined ? [] : decodeCursor(SearchPosition, after);
  const textsOf = ({ name, handle }: Item) => [name ?? "", ...(handle === undefined ? [] : [handle])];
  const all = findIn(items, query, textsOf, best);
  const bestRank = best ?? all[0]?.found.rank ?? 0;
  const compareToLast = (item: Item) => compareOrder(item.nameOrder, key ?? "") || (item.id > (id ?? "") ? 1 : -1);
  const remaining =
    rank === undefined
      ? all
      : all.filter(({ item, found }) => found.rank > rank || (found.rank === rank && compareToLast(item) > 0));
  const { rows, next } = toPage(
    { positionOf: ({ item, found }) => [bestRank, found.rank, item.nameOrder, item.id] },
    remaining,
    limit,
  );
  return { rows: rows.map(({ item }) => item), next };
}
