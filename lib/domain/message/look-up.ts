import { lookUpMessages } from "@/lib/contract/message";
import { peopleIn } from "@/lib/domain/person/to-person";
import { findReadableRooms } from "@/lib/domain/room/find";
import { yes } from "@/lib/policy/decision";
import { floorFor } from "@/lib/policy/room";
import { handle } from "@/lib/server/handler";
import { type MessageRow, previewColumns, toMessage } from "./to-message";

export default handle(lookUpMessages, {
  // A snapshot, because the messages and what the actor may see of their rooms are read one after the other.
  mode: "snapshot",
  load: async () => ({}),
  allow: () => yes,
  async run({ tx, actor, input }) {
    const { organizationId } = actor;
    const rows = await tx.$queryRaw<MessageRow[]>`
      SELECT ${previewColumns} FROM "Message" m
      WHERE m."organizationId" = ${organizationId}::uuid AND m.id = ANY(${input.messageIds}::uuid[]) AND m.kind <> 'notice'`;
    const found = rows.map(toMessage);
    const rooms = await findReadableRooms(tx, actor, [...new Set(found.map(({ roomId }) => roomId))]);
    const messages = found.filter(({ roomId, seq }) => {
      const place = rooms.get(roomId);
      return place && seq > floorFor(place.room, place.membership);
    });
    const shown = new Set(messages.map(({ roomId }) => roomId));
    return {
      messages,
      rooms: [...rooms.values()].flatMap(({ room: { id, name } }) => (shown.has(id) ? [{ id, name }] : [])),
      people: await peopleIn(tx, organizationId, messages),
    };
  },
});
