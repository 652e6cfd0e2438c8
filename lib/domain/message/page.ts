import { limits } from "@/lib/contract/limits";
import type { MessagePage } from "@/lib/contract/message";
import { peopleOf } from "@/lib/domain/person/present";
import { Prisma, type Tx } from "@/lib/server/db";
import { messageBytes } from "./bytes";
import { messageColumns, type MessageRow, presentMessage } from "./present";

export interface Place {
  before?: number | undefined;
  after?: number | undefined;
  around?: number | undefined;
  limit: number;
}

/** Reads a page of a room's log, newest last, by the index (roomId, seq). The cost does not depend on the log's length. */
export async function readMessagePage(
  tx: Tx,
  room: { id: string; organizationId: string; clock: number },
  place: Place,
): Promise<MessagePage> {
  const { rows, before, after } = await rowsAt(tx, room.id, place);
  const messages = rows.map(presentMessage);
  return { messages, clock: room.clock, before, after, people: await peopleOf(tx, room.organizationId, messages) };
}

async function rowsAt(tx: Tx, roomId: string, place: Place) {
  const { before, after, around, limit } = place;
  // A page ends before it exceeds this many bytes, but has at least one message.
  const bytes = limits.answer;
  if (around !== undefined) {
    return rowsAround(tx, roomId, around, limit, bytes / 3);
  }
  if (after !== undefined) {
    const newer = await rowsAfter(tx, roomId, after, { limit, bytes });
    return { rows: newer.rows, before: await isAny(tx, roomId, { lte: after }), after: newer.more };
  }
  const older = await rowsBefore(tx, roomId, before, { limit, bytes });
  const newer = before !== undefined && (await isAny(tx, roomId, { gte: before }));
  return { rows: older.rows, before: older.more, after: newer };
}

/** Half of the page is before the place. If the log ends within one half, the other half is longer. */
async function rowsAround(tx: Tx, roomId: string, around: number, limit: number, bytes: number) {
  const half = Math.ceil(limit / 2);
  const newer = await rowsAfter(tx, roomId, around - 1, { limit: half, bytes });
  const left = limit - newer.rows.length;
  const older =
    left > 0
      ? await rowsBefore(tx, roomId, around, { limit: left, bytes })
      : { rows: [], more: await isAny(tx, roomId, { lte: around - 1 }) };
  const missing = left - older.rows.length;
  const end = newer.rows.at(-1);
  if (older.more || missing === 0 || newer.rows.length < half || !end) {
    return { rows: [...older.rows, ...newer.rows], before: older.more, after: newer.more };
  }
  const rest = await rowsAfter(tx, roomId, end.seq, { limit: missing, bytes });
  return { rows: [...older.rows, ...newer.rows, ...rest.rows], before: false, after: rest.more };
}

async function isAny(tx: Tx, roomId: string, seq: { lte: number } | { gte: number }): Promise<boolean> {
  return (await tx.message.findFirst({ where: { roomId, seq }, select: { id: true } })) !== null;
}

interface AtMost {
  limit: number;
  bytes: number;
}
type Row = MessageRow & { more: boolean };

/** Messages before a place, or the newest. */
async function rowsBefore(tx: Tx, roomId: string, before: number | undefined, atMost: AtMost) {
  const where = before === undefined ? Prisma.empty : Prisma.sql`AND seq < ${before}`;
  const { rows, more } = await rowsOf(tx, roomId, where, Prisma.sql`DESC`, atMost);
  return { rows: rows.toReversed(), more };
}

function rowsAfter(tx: Tx, roomId: string, after: number, atMost: AtMost) {
  return rowsOf(tx, roomId, Prisma.sql`AND seq > ${after}`, Prisma.sql`ASC`, atMost);
}

/** Also looks for one message more than the page holds, to know whether more follow. */
async function rowsOf(tx: Tx, roomId: string, where: Prisma.Sql, order: Prisma.Sql, { limit, bytes }: AtMost) {
  const found = await tx.$queryRaw<Row[]>`
    SELECT ${messageColumns}, looked > row_number() OVER (ORDER BY seq ${order}) AS more
    FROM (
      SELECT m.*, count(*) OVER () AS looked, row_number() OVER w AS nth,
        sum(${messageBytes}) OVER w - ${messageBytes} AS sofar
      FROM (SELECT * FROM "Message" WHERE "roomId" = ${roomId}::uuid ${where} ORDER BY seq ${order} LIMIT ${limit + 1}) m
      WINDOW w AS (ORDER BY m.seq ${order})) m
    WHERE nth <= ${limit} AND (nth = 1 OR sofar <= ${Math.floor(bytes)}) ORDER BY seq ${order}`;
  return { rows: found, more: found.at(-1)?.more ?? false };
}
