import { joinRoom } from "@/lib/contract/membership";
import { entriesOf } from "@/lib/domain/room/entries";
import { findRoomFor } from "@/lib/domain/room/find";
import { yes } from "@/lib/policy/decision";
import { mayJoin } from "@/lib/policy/room";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { addPeople } from "./add-people";
import { isOpenedTo } from "./following";

export default handle(joinRoom, {
  load: ({ tx, actor, input }) => findRoomFor(tx, actor, input.roomId, { lock: true }),
  allow: ({ actor, subject }) => (subject.membership ? yes : mayJoin(actor, subject.room, subject.inGroup)),
  async run({ tx, actor, subject, announce }) {
    const { personId } = actor;
    const { room, membership } = subject;
    // People outside a restricted room find it only through a group or their role. They may just have lost it.
    const isFollowing = room.access === "restricted";
    if (isFollowing && !membership && !(await isOpenedTo(tx, room.id, personId))) throw new AppError("not_found");
    const added = await addPeople(tx, announce, room, [personId], {
      byId: personId,
      isFollowing,
      notice: (personIds) => ({ type: "joined", personIds }),
    });
    const entry = added.get(personId) ?? (await entriesOf(tx, personId, [room.id]))[0];
    if (!entry) throw new AppError("internal");
    return entry;
  },
});
