import { limits } from "@/lib/contract/limits";
import type { MessagePage } from "@/lib/contract/message";
import { peopleIn } from "@/lib/domain/person/to-person";
import { Prisma, type Tx } from "@/lib/server/db";
import { messageBytes } from "./bytes";
import { messageColumns, type MessageRow, storedMessageColumns, toMessage } from "./to-message";

/** The page before, after or around a place (`seq`). Without a place, the newest page. */
export interface PageQuery {
  before?: number | undefined;
  after?: number | undefined;
  around?: number | undefined;
  limit: number;
}

/**
 * Reads a page of a room's log, newest last. `before` and `after` of the answer say whether there are more messages. It uses the
 * index (roomId, seq), so the cost does not depend on the log's length.
 */
export async function readMessagePage(
  tx: Tx,
  room: { id: string; organizationId: string; clock: number },
  query: PageQuery,
): Promise<MessagePage> {
  const { rows, before, after } = await readRowsFor(tx, room.id, query);
  const messages = rows.map(toMessage);
  return { messages, clock: room.clock, before, after, people: await peopleIn(tx, room.organizationId, messages) };
}

async function readRowsFor(tx: Tx, roomId: string, query: PageQuery) {
  const { before, after, around, limit } = query;
  // A page ends before it exceeds this many bytes, but has at least one message.
  const bytes = limits.answer;
  if (around !== undefined) {
    return rowsAround(tx, roomId, around, limit, bytes / 3);
  }
  if (after !== undefined) {
    const newer = await rowsAfter(tx, roomId, after, { limit, bytes });
    return { rows: newer.rows, before: await exists(tx, roomId, { lte: after }), after: newer.more };
  }
  const older = await rowsBefore(tx, roomId, before, { limit, bytes });
  const newer = before !== undefined && (await exists(tx, roomId, { gte: before }));
  return { rows: older.rows, before: older.more, after: newer };
}

/** Half of the page is before `around`. If the log begins or ends within one half, the other half is longer. */
async function rowsAround(tx: Tx, roomId: string, around: number, limit: number, bytes: number) {
  const half = Math.ceil(limit / 2);
  const newer = await rowsAfter(tx, roomId, around - 1, { limit: half, bytes });
  const remaining = limit - newer.rows.length;
  const older =
    remaining > 0
      ? await rowsBefore(tx, roomId, around, { limit: remaining, bytes })
      : { rows: [], more: await exists(tx, roomId, { lte: around - 1 }) };
  const missingCount = remaining - older.rows.length;
  const newest = newer.rows.at(-1);
  if (older.more || missingCount === 0 || newer.rows.length < half || !newest) {
    return { rows: [...older.rows, ...newer.rows], before: older.more, after: newer.more };
  }
  const additional = await rowsAfter(tx, roomId, newest.seq, { limit: missingCount, bytes });
  return { rows: [...older.rows, ...newer.rows, ...additional.rows], before: false, after: additional.more };
}

async function exists(tx: Tx, roomId: string, seq: { lte: number } | { gte: number }): Promise<boolean> {
  return (await tx.message.findFirst({ where: { roomId, seq }, select: { id: true } })) !== null;
}

interface PageLimits {
  limit: number;
  bytes: number;
}
type Row = MessageRow & { seq: number; more: boolean };

/** Reads the messages before a place, or the newest if there is none. */
async function rowsBefore(tx: Tx, roomId: string, before: number | undefined, pageLimits: PageLimits) {
  const where = before === undefined ? Prisma.empty : Prisma.sql`AND seq < ${before}`;
  const { rows, more } = await readRows(tx, roomId, where, Prisma.sql`DESC`, pageLimits);
  return { rows: rows.toReversed(), more };
}

function rowsAfter(tx: Tx, roomId: string, after: number, pageLimits: PageLimits) {
  return readRows(tx, roomId, Prisma.sql`AND seq > ${after}`, Prisma.sql`ASC`, pageLimits);
}

/** Also looks for one message more than the page holds, to know whether more follow. */
async function readRows(tx: Tx, roomId: string, where: Prisma.Sql, order: Prisma.Sql, { limit, bytes }: PageLimits) {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT ${messageColumns}, looked > row_number() OVER (ORDER BY seq ${order}) AS more
    FROM (
      SELECT ${storedMessageColumns}, count(*) OVER () AS looked, row_number() OVER w AS nth,
        sum(${messageBytes}) OVER w - ${messageBytes} AS sofar
      FROM (SELECT ${storedMessageColumns} FROM "Message" m WHERE "roomId" = ${roomId}::uuid ${where} ORDER BY seq ${order} LIMIT ${limit + 1}) m
      WINDOW w AS (ORDER BY m.seq ${order})) m
    WHERE nth <= ${limit} AND (nth = 1 OR sofar <= ${Math.floor(bytes)}) ORDER BY seq ${order}`;
  return { rows, more: rows.at(-1)?.more ?? false };
}
