import { removePin } from "@/lib/contract/pin";
import { findMessageFor } from "@/lib/domain/message/find";
import { messageFor } from "@/lib/domain/message/addressed";
import { tickPins } from "@/lib/domain/room/clock";
import { mayPinMessage } from "@/lib/policy/message";
import { handle } from "@/lib/server/handler";

export default handle(removePin, {
  load: ({ tx, actor, input }) => findMessageFor(tx, actor, input.messageId, { lock: true }),
  allow: ({ actor, subject }) => mayPinMessage(actor, subject.room, subject.membership, subject.message),
  async run({ tx, actor, subject, announce }) {
    const { message, room } = subject;
    if (!message.pinnedAt) return messageFor(tx, actor.personId, message);
    const { organizationId, id } = message;
    const changedSeq = await tickPins(tx, room.id);
    const unpinned = await tx.message.update({
      where: { organizationId_id: { organizationId, id } },
      data: { changedSeq, pinnedAt: null, pinnedById: null },
    });
    announce.room(room.id);
    return messageFor(tx, actor.personId, unpinned);
  },
});
