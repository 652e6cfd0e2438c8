import { limits } from "@/lib/contract/limits";
import { listPins } from "@/lib/contract/pin";
import { type MessageRow, previewColumns, toMessage } from "@/lib/domain/message/to-message";
import { peopleIn } from "@/lib/domain/person/to-person";
import { findRoomFor } from "@/lib/domain/room/find";
import { floorFor, mayRead } from "@/lib/policy/room";
import { handle } from "@/lib/server/handler";

export default handle(listPins, {
  load: ({ tx, actor, input }) => findRoomFor(tx, actor, input.roomId),
  allow: ({ actor, subject }) => mayRead(actor, subject.room, subject.membership, subject.inGroup),
  async run({ tx, actor, subject: { room, membership } }) {
    const rows = await tx.$queryRaw<MessageRow[]>`
      SELECT ${previewColumns} FROM "Message" m
      WHERE m."roomId" = ${room.id}::uuid AND m."pinnedAt" IS NOT NULL AND m.seq > ${floorFor(room, membership)}
      ORDER BY m."pinnedAt" DESC, m.id DESC LIMIT ${limits.pins}`;
    const messages = rows.map(toMessage);
    const pinnedBy = messages.flatMap(({ pinnedById }) => pinnedById ?? []);
    return { messages, people: await peopleIn(tx, actor.organizationId, messages, pinnedBy) };
  },
});
