import { limits } from "@/lib/contract/limits";
import type { MessagePage } from "@/lib/contract/message";
import type { ReactionKind } from "@/lib/contract/reaction";
import { peopleIn } from "@/lib/domain/person/to-person";
import { reactionsFor } from "@/lib/domain/reaction/count";
import { findFirst } from "@/lib/domain/thread/find";
import { isShownInRoom } from "@/lib/domain/thread/shown";
import { summariesOf } from "@/lib/domain/thread/summary";
import { Prisma, type Tx } from "@/lib/server/db";
import { forReader, isAddressed, messageFor } from "./addressed";
import { messageBytes } from "./bytes";
import { messageColumns, type MessageRow, storedMessageColumns, toMessage } from "./to-message";

/** The page before, after or around a `seq`. Without one, the newest page. */
export interface PageQuery {
  before?: number | undefined;
  after?: number | undefined;
  around?: number | undefined;
  /** Reads the replies of this thread instead. */
  threadId?: string | undefined;
  limit: number;
}

/** Who reads a page. */
interface Reader {
  personId: string;
  /** The `seq` up to which the log is hidden from them. */
  floor: number;
}

/**
 * Reads a page of a room's log after the floor, newest last. Null if `around` is not after the floor, or if the reader can't see
 * the thread. In the answer, `before` and `after` say whether there are more messages. The query uses an index that ends with
 * `seq`, so its cost does not depend on the length of the log.
 */
export async function readMessagePage(
  tx: Tx,
  room: { id: string; organizationId: string; clock: number },
  { personId, floor }: Reader,
  query: PageQuery,
): Promise<MessagePage | null> {
  if (query.around !== undefined && query.around <= floor && floor > 0) return null;
  const { threadId } = query;
  const thread = threadId === undefined ? undefined : await findFirst(tx, room, floor, threadId);
  if (thread === null) return null;
  const place = threadId === undefined ? isShownInRoom("m") : Prisma.sql`m."threadId" = ${threadId}::uuid`;
  const { rows, before, after } = await readRowsFor(tx, { id: room.id, personId, floor, place }, query);
  const messages = rows.map((row) => {
    const message = { ...toMessage(row), ...(row.reactions && { reactions: row.reactions }) };
    return forReader(message, row.isAddressed);
  });
  const beginnings = messages.filter((message) => message.kind !== "notice" && message.threadId === null);
  const reader = { organizationId: room.organizationId, floor };
  const threads = await summariesOf(tx, reader, threadId ? [threadId] : beginnings.map(({ id }) => id));
  const first = thread && thread.first && (await messageFor(tx, personId, thread.first));
  const people = await peopleIn(
    tx,
    room.organizationId,
    [...messages, first ?? null],
    threads.flatMap(({ personIds }) => personIds),
  );
  return {
    messages,
    clock: room.clock,
    floorSeq: floor,
    before,
    after,
    people,
    ...(threads.length > 0 && { threads }),
    ...(first !== undefined && { first }),
  };
}

/** The part of a room's log that the reader may see and asks for: what is after the floor, in the room or in one thread. */
interface Visible extends Reader {
  id: string;
  /** SQL: whether message `m` is in the room, or in the thread. */
  place: Prisma.Sql;
}

async function readRowsFor(tx: Tx, log: Visible, query: PageQuery) {
  const { before, after, around, limit } = query;
  // A page ends before it exceeds this many bytes, but has at least one message.
  const bytes = limits.answer;
  if (around !== undefined) {
    return rowsAround(tx, log, around, limit, bytes / 3);
  }
  if (after !== undefined) {
    const newer = await rowsAfter(tx, log, after, { limit, bytes });
    return { rows: newer.rows, before: await exists(tx, log, { lte: after }), after: newer.more };
  }
  const older = await rowsBefore(tx, log, before, { limit, bytes });
  const newer = before !== undefined && (await exists(tx, log, { gte: before }));
  return { rows: older.rows, before: older.more, after: newer };
}

/** Half of the page is before `around`. If the log begins or ends within one half, the other half is longer. */
async function rowsAround(tx: Tx, log: Visible, around: number, limit: number, bytes: number) {
  const half = Math.ceil(limit / 2);
  const newer = await rowsAfter(tx, log, around - 1, { limit: half, bytes });
  const remaining = limit - newer.rows.length;
  const older =
    remaining > 0
      ? await rowsBefore(tx, log, around, { limit: remaining, bytes })
      : { rows: [], more: await exists(tx, log, { lte: around - 1 }) };
  const missingCount = remaining - older.rows.length;
  const newest = newer.rows.at(-1);
  if (older.more || missingCount === 0 || newer.rows.length < half || !newest) {
    return { rows: [...older.rows, ...newer.rows], before: older.more, after: newer.more };
  }
  const additional = await rowsAfter(tx, log, newest.seq, { limit: missingCount, bytes });
  return { rows: [...older.rows, ...newer.rows, ...additional.rows], before: false, after: additional.more };
}

async function exists(tx: Tx, log: Visible, { gte = log.floor + 1, lte }: { gte?: number; lte?: number }) {
  const before = lte === undefined ? Prisma.empty : Prisma.sql`AND m.seq <= ${lte}`;
  const found = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "Message" m
    WHERE m."roomId" = ${log.id}::uuid AND m.seq > ${log.floor} AND m.seq >= ${gte} ${before} AND ${log.place} LIMIT 1`;
  return found.length > 0;
}

interface PageLimits {
  limit: number;
  bytes: number;
}
type Row = MessageRow & { seq: number; reactions: ReactionKind[] | null; isAddressed: boolean; more: boolean };

/** Reads the messages before this `seq`, or the newest messages without one. */
async function rowsBefore(tx: Tx, log: Visible, before: number | undefined, pageLimits: PageLimits) {
  const where = before === undefined ? Prisma.empty : Prisma.sql`AND seq < ${before}`;
  const { rows, more } = await readRows(tx, log, where, Prisma.sql`DESC`, pageLimits);
  return { rows: rows.toReversed(), more };
}

function rowsAfter(tx: Tx, log: Visible, after: number, pageLimits: PageLimits) {
  return readRows(tx, log, Prisma.sql`AND seq > ${after}`, Prisma.sql`ASC`, pageLimits);
}

const rowBytes = Prisma.sql`(${messageBytes} + coalesce(octet_length(m.reactions::text), 0))`;

/** Reads one row more than the page holds, to find out whether more messages follow. */
async function readRows(tx: Tx, log: Visible, where: Prisma.Sql, order: Prisma.Sql, { limit, bytes }: PageLimits) {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT ${messageColumns}, m.reactions, m."isAddressed", looked > row_number() OVER (ORDER BY seq ${order}) AS more
    FROM (
      SELECT ${storedMessageColumns}, m.reactions, m."isAddressed", count(*) OVER () AS looked, row_number() OVER w AS nth,
        sum(${rowBytes}) OVER w - ${rowBytes} AS sofar
      FROM (
        SELECT ${storedMessageColumns}, ${reactionsFor(log.personId)} AS reactions, ${isAddressed} AS "isAddressed"
        FROM "Message" m CROSS JOIN (SELECT ${log.personId}::uuid AS id) reader
        WHERE m."roomId" = ${log.id}::uuid AND m.seq > ${log.floor} AND ${log.place} ${where}
        ORDER BY seq ${order} LIMIT ${limit + 1}) m
      WINDOW w AS (ORDER BY m.seq ${order})) m
    WHERE nth <= ${limit} AND (nth = 1 OR sofar <= ${Math.floor(bytes)}) ORDER BY seq ${order}`;
  return { rows, more: rows.at(-1)?.more ?? false };
}
