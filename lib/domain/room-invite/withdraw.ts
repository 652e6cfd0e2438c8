import { withdrawRoomInvite } from "@/lib/contract/room-invite";
import { mayEnd } from "@/lib/policy/room-invite";
import { handle } from "@/lib/server/handler";
import { endRoomInvite } from "./end";
import { findRoomInvite } from "./find";

export default handle(withdrawRoomInvite, {
  load: ({ tx, actor, input }) => findRoomInvite(tx, actor, input.roomInviteId, { as: "inviter", lock: true }),
  allow: ({ subject }) => mayEnd(subject.invite, "withdrawn", new Date()),
  async run({ tx, actor, subject: { row }, announce, audit }) {
    const { personId, roomId } = row;
    if (row.state === "pending")
      audit({ subjectId: personId, roomId, before: { invited: true }, after: { invited: false } });
    return endRoomInvite(tx, announce, row, "withdrawn", actor.personId);
  },
});
