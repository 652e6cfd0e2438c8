import { setRoomAvatar } from "@/lib/contract/room";
import { prepareAvatar, replacePicture } from "@/lib/domain/picture/files";
import { mayChange } from "@/lib/policy/room-settings";
import { handle } from "@/lib/server/handler";
import { announceListed } from "./announce-listed";
import { tickRoom } from "./clock";
import { findRoomFor } from "./find";
import { readChangedRoom } from "./to-room";

export default handle(setRoomAvatar, {
  prepare: ({ actor, input: { avatar } }) => prepareAvatar(avatar, actor.personId),
  load: ({ tx, actor, input }) => findRoomFor(tx, actor, input.roomId, { lock: true, administer: true }),
  allow: ({ actor, subject }) => mayChange.avatar(actor, subject.room, subject.membership),
  async run({ tx, actor, input: { avatar }, prepared, subject: { room, membership }, announce, audit }) {
    const { id } = room;
    const emoji = avatar.type === "emoji" ? avatar.emoji : null;
    if (prepared || room.picture || emoji !== room.emoji) {
      const picture = await replacePicture(announce, actor.organizationId, { before: room.picture, after: prepared });
      await tx.room.update({ where: { id }, data: { emoji, picture }, select: { id: true } });
      await tickRoom(tx, id);
      audit({
        subjectId: id,
        roomId: id,
        before: { emoji: room.emoji, picture: room.picture },
        after: { emoji, picture },
      });
      announce.room(id);
      announceListed(announce, room);
    }
    return readChangedRoom(tx, room, membership);
  },
});
