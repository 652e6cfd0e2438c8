import type { WrittenMessage } from "@/lib/contract/message";
import { findFirst } from "@/lib/domain/thread/find";
import { lockFollows, storeFollows } from "@/lib/domain/thread/write";
import { tick } from "@/lib/domain/room/clock";
import { findRoomFor, lockRoom } from "@/lib/domain/room/find";
import { floorFor, mayPost } from "@/lib/policy/room";
import { findActorIn } from "@/lib/server/actor";
import { AppError } from "@/lib/server/app-error";
import { db, type Tx } from "@/lib/server/db";
import { remainingMs, tooLate } from "@/lib/server/deadline";
import { lockAwaitedRoom } from "@/lib/server/room-locks";
import type { Send } from "./append-queue";
import { findTargets } from "./find-targets";
import { mentionedIn, resolveMentions, toMentions, writeTargets } from "./mentions";
import { toMessage } from "./to-message";

/**
 * Sends one message in its own transaction. Locks the room, then sessions and roles (`proofOf`), so that everything read after
 * that stays true until the commit. So mentions are resolved here, under the locks. Throws the reason if the message may not be sent.
 * A retry returns the stored message.
 */
export async function sendOne({
  actor: sender,
  roomId,
  id,
  body,
  replyToId,
  threadId,
  alsoInRoom = false,
  receivedAt,
}: Omit<Send, "mentions">): Promise<{ message: WrittenMessage; isNew: boolean }> {
  const { personId, organizationId, sessionId } = sender;
  return db().$transaction(async (tx) => {
    await lockAwaitedRoom(tx);
    await lockRoom(tx, organizationId, roomId);
    if (threadId) {
      // Resolved again below. Here only their follows are locked.
      const { targets } = toMentions(await findTargets(tx, sender, roomId, body));
      await lockFollows(tx, { organizationId, threadId }, [personId, ...mentionedIn(targets)]);
    }
    await tx.$queryRaw`SELECT "proofOf"(${organizationId}::uuid)`;
    const actor = await findActorIn(tx, sessionId);
    if (!actor) throw new AppError("unauthenticated");
    const found = await findRoomFor(tx, actor, roomId);
    if (!found) throw new AppError("not_found");
    const existing = await tx.message.findUnique({ where: { organizationId_id: { organizationId, id } } });
    // If this is a retry, answer with the stored message, even if its author may no longer post.
    if (found.membership && existing) {
      if (existing.authorId !== personId || existing.roomId !== roomId) {
        throw new AppError("conflict", "Another message already has this id.");
      }
      if (existing.seq <= floorFor(found.room, found.membership)) throw new AppError("not_found");
      return { message: toMessage(existing), isNew: false };
    }
    if (remainingMs(receivedAt) <= 0) throw tooLate();
    const decision = mayPost(actor, found.room, found.membership);
    if (!decision.ok) throw new AppError(decision.code, decision.reason);
    if (replyToId) await requireQuotable(tx, found, replyToId);
    const { membership } = found;
    if (threadId && !(await findFirst(tx, found.room, floorFor(found.room, membership), threadId)))
      throw new AppError("not_found", "The message that you reply to is no longer here.");
    const { targets, notes } = await resolveMentions(tx, { actor, room: found.room, membership }, body);
    const seq = await tick(tx, roomId);
    const place = { id, organizationId, roomId, threadId: threadId ?? null, alsoInRoom, replyToId };
    const data = { ...place, authorId: personId, body, seq, changedSeq: seq };
    const message = await tx.message.create({ data: { ...data, ...(targets && { mentions: targets }) } });
    if (targets) await writeTargets(tx, message, targets);
    const written = { authorId: personId, seq, isNew: true, mentionedIds: mentionedIn(targets) };
    if (threadId) await storeFollows(tx, { organizationId, roomId, threadId }, written);
    return { message: { ...toMessage(message), ...(notes && { notes }) }, isNew: true };
  });
}

/** Throws if the sender can't see the message that they want to quote, if it is in another room, or if it is a notice. */
async function requireQuotable(
  tx: Tx,
  { room, membership }: NonNullable<Awaited<ReturnType<typeof findRoomFor>>>,
  id: string,
): Promise<void> {
  const { organizationId } = room;
  const quoted = await tx.message.findUnique({ where: { organizationId_id: { organizationId, id } } });
  const isVisible = quoted?.roomId === room.id && quoted.seq > floorFor(room, membership);
  if (!isVisible || quoted.kind === "notice")
    throw new AppError("not_found", "The message that you reply to is no longer here.");
}
