import { limits } from "@/lib/contract/limits";
import { addPin } from "@/lib/contract/pin";
import { findMessageFor } from "@/lib/domain/message/find";
import { messageFor } from "@/lib/domain/message/addressed";
import { tickPins, tickWithNotice } from "@/lib/domain/room/clock";
import { mayPinMessage } from "@/lib/policy/message";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";

export default handle(addPin, {
  load: ({ tx, actor, input }) => findMessageFor(tx, actor, input.messageId, { lock: true }),
  allow: ({ actor, subject }) => mayPinMessage(actor, subject.room, subject.membership, subject.message),
  async run({ tx, actor, subject, announce }) {
    const { message, room } = subject;
    if (message.pinnedAt) return messageFor(tx, actor.personId, message);
    const { organizationId, id } = message;
    const count = await tx.message.count({ where: { roomId: room.id, pinnedAt: { not: null } } });
    if (count >= limits.pins)
      throw new AppError("conflict", `This room has ${limits.pins} pinned messages already. Unpin one first.`);
    const changedSeq = await tickPins(tx, room.id);
    const pinned = await tx.message.update({
      where: { organizationId_id: { organizationId, id } },
      data: { changedSeq, pinnedAt: new Date(), pinnedById: actor.personId },
    });
    await tickWithNotice(tx, room, actor.personId, { type: "pinned", messageId: id });
    announce.room(room.id);
    return messageFor(tx, actor.personId, pinned);
  },
});
