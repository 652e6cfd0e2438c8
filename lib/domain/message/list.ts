import { listMessages } from "@/lib/contract/message";
import { findRoomFor } from "@/lib/domain/room/find";
import { floorFor, mayRead } from "@/lib/policy/room";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { readMessagePage } from "./page";

export default handle(listMessages, {
  // A snapshot, because the clock in the answer must match the rows.
  mode: "snapshot",
  load: ({ tx, actor, input }) => findRoomFor(tx, actor, input.roomId),
  allow: ({ actor, subject }) => mayRead(actor, subject.room, subject.membership, subject.inGroup),
  async run({ tx, actor: { personId }, input, subject: { room, membership } }) {
    const page = await readMessagePage(tx, room, { personId, floor: floorFor(room, membership) }, input);
    if (!page) throw new AppError("not_found");
    return page;
  },
});
