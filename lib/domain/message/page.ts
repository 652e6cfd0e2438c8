import type { MessagePage } from "@/lib/contract/message";
import { peopleOf } from "@/lib/domain/person/present";
import type { Tx } from "@/lib/server/db";
import { presentMessage } from "./present";

export interface Place {
  before?: number | undefined;
  after?: number | undefined;
  around?: number | undefined;
  limit: number;
}

/** A page of a room's log, newest last. Reads along (roomId, seq), so its cost does not depend on how long the log is. */
export async function pageOf(
  tx: Tx,
  room: { id: string; organizationId: string; clock: number },
  place: Place,
): Promise<MessagePage> {
  const { rows, before, after } = await rowsAt(tx, room.id, place);
  const messages = rows.map(presentMessage);
  return { messages, clock: room.clock, before, after, people: await peopleOf(tx, room.organizationId, messages) };
}

async function rowsAt(tx: Tx, roomId: string, { before, after, around, limit }: Place) {
  if (around !== undefined) {
    const half = Math.ceil(limit / 2);
    const older = await rowsBefore(tx, roomId, around, half);
    const newer = await rowsAfter(tx, roomId, around - 1, half);
    return { rows: [...older.rows, ...newer.rows], before: older.more, after: newer.more };
  }
  if (after !== undefined) {
    const newer = await rowsAfter(tx, roomId, after, limit);
    return { rows: newer.rows, before: await isAny(tx, roomId, { lte: after }), after: newer.more };
  }
  const older = await rowsBefore(tx, roomId, before, limit);
  const newer = before !== undefined && (await isAny(tx, roomId, { gte: before }));
  return { rows: older.rows, before: older.more, after: newer };
}

async function isAny(tx: Tx, roomId: string, seq: { lte: number } | { gte: number }): Promise<boolean> {
  return (await tx.message.findFirst({ where: { roomId, seq }, select: { id: true } })) !== null;
}

/** Messages before a place, or the newest. One more is read than asked for, to know whether there is more. */
async function rowsBefore(tx: Tx, roomId: string, before: number | undefined, limit: number) {
  const found = await tx.message.findMany({
    where: { roomId, ...(before !== undefined && { seq: { lt: before } }) },
    orderBy: { seq: "desc" },
    take: limit + 1,
  });
  return { rows: found.slice(0, limit).toReversed(), more: found.length > limit };
}

async function rowsAfter(tx: Tx, roomId: string, after: number, limit: number) {
  const found = await tx.message.findMany({
    where: { roomId, seq: { gt: after } },
    orderBy: { seq: "asc" },
    take: limit + 1,
  });
  return { rows: found.slice(0, limit), more: found.length > limit };
}
