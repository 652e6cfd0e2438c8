import type { MentionTargets } from "@/lib/contract/mention";
import { deleteMessage } from "@/lib/contract/message";
import { tick, tickPins } from "@/lib/domain/room/clock";
import { followByEdit } from "@/lib/domain/thread/write";
import { mayDeleteMessage } from "@/lib/policy/message";
import { Prisma } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";
import { findMessageFor } from "./find";
import { mentionedIn } from "./mentions";
import { toMessage } from "./to-message";

export default handle(deleteMessage, {
  load: ({ tx, actor, input }) => findMessageFor(tx, actor, input.messageId, { lock: true }),
  allow: ({ actor, subject }) => mayDeleteMessage(actor, subject.room, subject.membership, subject.message),
  async run({ tx, actor, subject, announce, audit }) {
    const { message, room } = subject;
    if (message.deletedAt) return toMessage(message);
    const { organizationId, id } = message;
    await tx.messageRevision.deleteMany({ where: { organizationId, messageId: id } });
    // The tombstone tells clients that they are gone.
    await tx.reaction.deleteMany({ where: { organizationId, messageId: id } });
    if (message.mentions) await tx.mention.deleteMany({ where: { organizationId, messageId: id } });
    const changedSeq = await (message.pinnedAt ? tickPins : tick)(tx, room.id);
    const deleted = await tx.message.update({
      where: { organizationId_id: { organizationId, id } },
      data: {
        body: null,
        mentions: Prisma.DbNull,
        changedSeq,
        deletedAt: new Date(),
        pinnedAt: null,
        pinnedById: null,
      },
    });
    const { authorId } = message;
    // Deleting one's own message is not an administrative act.
    if (authorId !== actor.personId) audit({ subjectId: id, roomId: room.id, before: { authorId } });
    await followByEdit(tx, announce, message, {
      now: [],
      before: mentionedIn(message.mentions as MentionTargets | null),
    });
    announce.room(room.id);
    return toMessage(deleted);
  },
});
