import { findRoomFor } from "@/lib/domain/room/find";
import { canBeginThread } from "@/lib/policy/message";
import { floorFor } from "@/lib/policy/room";
import type { Actor } from "@/lib/server/actor";
import type { Tx } from "@/lib/server/db";

/**
 * Finds the first message of a thread, or a message that could begin one. `first` is null if the message is not after the reader's
 * floor, but a reply is. Null if the reader sees neither, or the message is a reply or a notice.
 */
export async function findFirst(tx: Tx, room: { id: string; organizationId: string }, floor: number, threadId: string) {
  const { organizationId } = room;
  const first = await tx.message.findUnique({ where: { organizationId_id: { organizationId, id: threadId } } });
  if (first?.roomId !== room.id || !canBeginThread(first)) return null;
  if (first.seq > floor) return { first };
  const reply = await tx.message.findFirst({
    where: { organizationId, threadId, seq: { gt: floor } },
    select: { id: true },
  });
  return reply && { first: null };
}

/** The `seq` of the newest message of a thread, its first one or a reply. Who sees the room from a later place on does not see the thread. */
export async function lastSeqOf(tx: Tx, organizationId: string, threadId: string): Promise<number> {
  const select = { seq: true };
  const last =
    (await tx.message.findFirst({ where: { organizationId, threadId }, orderBy: { seq: "desc" }, select })) ??
    (await tx.message.findUnique({ where: { organizationId_id: { organizationId, id: threadId } }, select }));
  return last?.seq ?? 0;
}

/** Finds a thread and its room. Null if the actor may not know of it. With `lock`, the room stays locked until the transaction ends. */
export async function findThreadFor(tx: Tx, actor: Actor, threadId: string, { lock = false } = {}) {
  const { organizationId } = actor;
  const location = await tx.message.findFirst({ where: { id: threadId, organizationId }, select: { roomId: true } });
  if (!location) return null;
  const found = await findRoomFor(tx, actor, location.roomId, { lock });
  if (!found) return null;
  const thread = await findFirst(tx, found.room, floorFor(found.room, found.membership), threadId);
  return thread && { ...found, ...thread };
}
