import { uuidv7 } from "uuidv7";
import { sendMessage } from "@/lib/contract/message";
import { tick } from "@/lib/domain/room/clock";
import { findRoomFor } from "@/lib/domain/room/find";
import { yes } from "@/lib/policy/decision";
import { mayPost } from "@/lib/policy/room";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { metrics } from "@/lib/server/metrics";
import { presentMessage } from "./present";

export default handle(sendMessage, {
  async load({ tx, actor, input }) {
    const found = await findRoomFor(tx, actor, input.roomId, { lock: true });
    if (!found) return null;
    const existing = input.id ? await tx.message.findUnique({ where: { id: input.id } }) : null;
    return { ...found, existing };
  },
  // A message that is stored already may be told again to its author, whatever became of the room.
  allow: ({ actor, subject }) =>
    subject.membership && subject.existing ? yes : mayPost(actor, subject.room, subject.membership),
  async run({ tx, actor, input, subject, announce }) {
    const { room, existing } = subject;
    const { personId, organizationId } = actor;
    if (existing) {
      if (existing.authorId !== personId || existing.roomId !== room.id)
        throw new AppError("conflict", "Another message has this id.");
      announce.after(() => metrics().duplicates.inc());
      return presentMessage(existing);
    }
    const seq = await tick(tx, room.id);
    const message = await tx.message.create({
      data: {
        id: input.id ?? uuidv7(),
        organizationId,
        roomId: room.id,
        authorId: personId,
        body: input.body,
        seq,
        changedSeq: seq,
      },
    });
    // Writing is reading: the frame that carries one's own message says so to all of one's devices.
    await tx.membership.update({
      where: { roomId_personId: { roomId: room.id, personId } },
      data: { lastReadSeq: seq },
      select: { roomId: true },
    });
    announce.ring(room.id);
    return presentMessage(message);
  },
});
