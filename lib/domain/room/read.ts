import { readRoom } from "@/lib/contract/room";
import { yes } from "@/lib/policy/decision";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";

export default handle(readRoom, {
  load: ({ tx, actor, input }) =>
    tx.membership.findFirst({
      where: { roomId: input.roomId, personId: actor.personId, organizationId: actor.organizationId },
      include: { room: { select: { clock: true } } },
    }),
  allow: () => yes,
  async run({ tx, actor, input, subject, announce }) {
    const { roomId } = input;
    const upTo = Math.min(input.upToSeq, subject.room.clock);
    // Never moves it back: another device may have read further.
    const updated = await tx.membership.updateMany({
      where: { roomId, personId: actor.personId, lastReadSeq: { lt: upTo } },
      data: { lastReadSeq: upTo },
    });
    const now = await tx.membership.findUnique({ where: { roomId_personId: { roomId, personId: actor.personId } } });
    // The person was removed from the room meanwhile.
    if (!now) throw new AppError("not_found");
    const membership = { roomId, role: now.role, lastReadSeq: now.lastReadSeq, joinedSeq: now.joinedSeq };
    if (updated.count > 0) announce.me(actor.personId, { type: "read", membership });
    return membership;
  },
});
