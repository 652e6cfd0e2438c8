import { uuidv7 } from "uuidv7";
import type { MentionTargets } from "@/lib/contract/mention";
import { editMessage } from "@/lib/contract/message";
import { tick, tickPins } from "@/lib/domain/room/clock";
import { followByEdit } from "@/lib/domain/thread/write";
import { mayEditMessage } from "@/lib/policy/message";
import { AppError } from "@/lib/server/app-error";
import { Prisma } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";
import { findMessageFor } from "./find";
import { mentionedIn, resolveMentions, writeTargets } from "./mentions";
import { toMessage } from "./to-message";

export default handle(editMessage, {
  load: ({ tx, actor, input }) => findMessageFor(tx, actor, input.messageId, { lock: true }),
  allow: ({ actor, subject }) => mayEditMessage(actor, subject.room, subject.membership, subject.message),
  async run({ tx, actor, input, subject, announce }) {
    const { message, room, membership } = subject;
    if (message.body === input.body) return toMessage(message);
    const lastEditedAt = message.editedAt?.toISOString() ?? null;
    if (input.basedOn !== undefined && input.basedOn !== lastEditedAt)
      throw new AppError("conflict", "This message was edited somewhere else in the meantime.");
    const { organizationId, id } = message;
    await tx.messageRevision.create({
      data: { id: uuidv7(), organizationId, messageId: id, body: message.body ?? "" },
    });
    const stored = message.mentions as MentionTargets | null;
    const author = { actor, room, membership };
    const { targets, notes } = await resolveMentions(tx, author, input.body, stored ?? {});
    const changedSeq = await (message.pinnedAt ? tickPins : tick)(tx, room.id);
    const edited = await tx.message.update({
      where: { organizationId_id: { organizationId, id } },
      data: { body: input.body, mentions: targets ?? Prisma.DbNull, changedSeq, editedAt: new Date() },
    });
    if (targets || stored) await writeTargets(tx, edited, targets, stored);
    await followByEdit(tx, announce, edited, { now: mentionedIn(targets), before: mentionedIn(stored) });
    announce.room(room.id);
    return { ...toMessage(edited), ...(notes && { notes }) };
  },
});
