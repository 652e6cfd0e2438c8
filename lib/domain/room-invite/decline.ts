import { declineRoomInvite } from "@/lib/contract/room-invite";
import { mayEnd } from "@/lib/policy/room-invite";
import { handle } from "@/lib/server/handler";
import { endRoomInvite } from "./end";
import { findRoomInvite } from "./find";

export default handle(declineRoomInvite, {
  load: ({ tx, actor, input }) => findRoomInvite(tx, actor, input.roomInviteId, { as: "invitee", lock: true }),
  allow: ({ subject }) => mayEnd(subject.invite, "declined", new Date()),
  run: ({ tx, actor, subject, announce }) => endRoomInvite(tx, announce, subject.row, "declined", actor.personId),
});
