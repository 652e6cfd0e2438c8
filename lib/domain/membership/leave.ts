import { leaveRoom } from "@/lib/contract/membership";
import { findRoomFor } from "@/lib/domain/room/find";
import { mayLeave } from "@/lib/policy/room";
import { handle } from "@/lib/server/handler";
import { removePerson } from "./remove-person";

export default handle(leaveRoom, {
  async load({ tx, actor, input }) {
    const found = await findRoomFor(tx, actor, input.roomId, { lock: true });
    return found?.membership ? found : null;
  },
  allow: ({ subject }) => mayLeave(subject.room),
  async run({ tx, actor, subject, announce }) {
    const { personId } = actor;
    await removePerson(tx, announce, subject.room, personId, personId, { type: "left", personIds: [personId] });
    return {};
  },
});
