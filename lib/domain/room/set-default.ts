import { setDefaultRoom } from "@/lib/contract/room";
import { maySetDefault, mayUnsetDefault } from "@/lib/policy/room-settings";
import { handle } from "@/lib/server/handler";
import { announceListed } from "./announce-listed";
import { tickRoom } from "./clock";
import { findRoomFor } from "./find";
import { readChangedRoom } from "./to-room";

export default handle(setDefaultRoom, {
  load: ({ tx, actor, input }) => findRoomFor(tx, actor, input.roomId, { lock: true, administer: true }),
  allow: ({ actor, input, subject: { room, membership } }) =>
    (input.isDefault ? maySetDefault : mayUnsetDefault)(actor, room, membership),
  async run({ tx, input: { isDefault }, subject: { room, membership }, announce, audit }) {
    const { id } = room;
    if (room.isDefault !== isDefault) {
      await tx.room.update({ where: { id }, data: { isDefault }, select: { id: true } });
      await tickRoom(tx, id);
      audit({ subjectId: id, roomId: id, before: { isDefault: !isDefault }, after: { isDefault } });
      announce.room(id);
      announceListed(announce, room);
    }
    return readChangedRoom(tx, room, membership);
  },
});
