import { showRoom } from "@/lib/contract/room";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";
import { findRoomFor } from "./find";
import { toRoom } from "./to-room";

export default handle(showRoom, {
  load: ({ tx, actor, input }) => findRoomFor(tx, actor, input.roomId),
  allow: () => yes,
  run: async ({ subject }) => ({ room: toRoom(subject.room), joined: subject.membership !== null }),
});
