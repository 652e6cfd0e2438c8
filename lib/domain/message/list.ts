import { listMessages } from "@/lib/contract/message";
import { findRoomFor } from "@/lib/domain/room/find";
import { mayRead } from "@/lib/policy/room";
import { handle } from "@/lib/server/handler";
import { readMessagePage } from "./page";

export default handle(listMessages, {
  // The answer contains the clock, which must match the rows.
  mode: "snapshot",
  load: ({ tx, actor, input }) => findRoomFor(tx, actor, input.roomId),
  allow: ({ actor, subject }) => mayRead(actor, subject.room, subject.membership, subject.inGroup),
  run: ({ tx, input, subject }) => readMessagePage(tx, subject.room, input),
});
