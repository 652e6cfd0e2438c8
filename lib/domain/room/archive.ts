import { archiveRoom } from "@/lib/contract/room";
import { mayArchive } from "@/lib/policy/room-settings";
import { handle } from "@/lib/server/handler";
import { findRoomFor } from "./find";
import { setArchived } from "./set-archived";

export default handle(archiveRoom, {
  load: ({ tx, actor, input }) => findRoomFor(tx, actor, input.roomId, { lock: true, administer: true }),
  allow: ({ actor, subject }) => mayArchive(actor, subject.room, subject.membership),
  run: ({ tx, actor, subject, announce, audit }) => setArchived(tx, { announce, audit }, subject, actor.personId, true),
});
