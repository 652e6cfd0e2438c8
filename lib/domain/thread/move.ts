import { moveMessages } from "@/lib/contract/thread";
import { messagesFor } from "@/lib/domain/message/addressed";
import { yes } from "@/lib/policy/decision";
import { mayMoveMessage } from "@/lib/policy/message";
import { floorFor } from "@/lib/policy/room";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { findThreadFor } from "./find";
import { moveFollows } from "./move-follows";
import { storeFollows } from "./write";

export default handle(moveMessages, {
  async load({ tx, actor, input: { threadId, messageIds } }) {
    const found = await findThreadFor(tx, actor, threadId, { lock: true });
    if (!found?.first || !found.membership) return null;
    const ids = [...new Set(messageIds)];
    const seq = { gt: floorFor(found.room, found.membership) };
    const messages = await tx.message.findMany({
      where: { id: { in: ids }, roomId: found.room.id, seq, kind: { not: "notice" } },
      orderBy: { seq: "asc" },
    });
    return messages.length === ids.length ? { ...found, first: found.first, messages } : null;
  },
  allow: ({ actor, subject: { room, membership, messages } }) =>
    messages.map((message) => mayMoveMessage(actor, room, membership, message)).find(({ ok }) => !ok) ?? yes,
  async run({ tx, actor, subject: { room, first, messages }, announce }) {
    const threadId = first.id;
    const toMove = messages.filter((message) => message.threadId !== threadId);
    if (toMove.length === 0) return { messages: await messagesFor(tx, actor.personId, messages) };
    const ids = toMove.map(({ id }) => id);
    if (toMove.some((message) => message.threadId)) throw new AppError("conflict", "It is in another thread already.");
    if (toMove.some(({ seq }) => seq <= first.seq))
      throw new AppError(
        "conflict",
        "Only messages that are later than the first one of the thread can be moved there.",
      );
    if (
      await tx.message.findFirst({
        where: { organizationId: room.organizationId, threadId: { in: ids } },
        select: { id: true },
      })
    )
      throw new AppError("conflict", "A message that has a thread can't be moved into another one.");
    // Also raises the room's `changedSeq`. A reply may be waiting that was checked before this move. It is checked again if `changedSeq` changed.
    const [{ before } = { before: 0 }] = await tx.$queryRaw<{ before: number }[]>`
      UPDATE "Room" SET clock = clock + ${ids.length}::int, "changedSeq" = clock + ${ids.length}::int WHERE id = ${room.id}::uuid
      RETURNING clock - ${ids.length}::int AS before`;
    await tx.$executeRaw`
      UPDATE "Message" m SET "threadId" = ${threadId}::uuid, "alsoInRoom" = true, "movedAt" = now(), "changedSeq" = ${before}::int + x.nth::int
      FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS x(id, nth) WHERE m."organizationId" = ${room.organizationId}::uuid AND m.id = x.id`;
    const thread = { organizationId: room.organizationId, roomId: room.id, threadId };
    await storeFollows(tx, thread);
    await moveFollows(tx, announce, thread, ids);
    announce.room(room.id);
    const moved = await tx.message.findMany({
      where: { id: { in: messages.map(({ id }) => id) }, roomId: room.id },
      orderBy: { seq: "asc" },
    });
    return { messages: await messagesFor(tx, actor.personId, moved) };
  },
});
