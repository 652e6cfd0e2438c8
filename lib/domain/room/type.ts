import { limits } from "@/lib/contract/limits";
import { typeInRoom } from "@/lib/contract/message";
import { readChosen } from "@/lib/domain/presence/chosen";
import { mayPost } from "@/lib/policy/room";
import { handle } from "@/lib/server/handler";
import { broadcastTyping } from "@/lib/server/typing";
import { findRoomFor } from "./find";

export default handle(typeInRoom, {
  mode: "none",
  load: ({ tx, actor, input }) => findRoomFor(tx, actor, input.roomId),
  allow: ({ actor, subject }) => mayPost(actor, subject.room, subject.membership),
  async run({ tx, actor, input, subject, announce }) {
    const { choice } = await readChosen(tx, actor.personId);
    if (subject.room._count.memberships <= limits.typingMembers && choice !== "offline") {
      announce.after(() => broadcastTyping(input.roomId, actor.personId));
    }
    return {};
  },
});
