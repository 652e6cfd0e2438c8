import { limits } from "@/lib/contract/limits";
import { typeInRoom } from "@/lib/contract/message";
import { readChosen } from "@/lib/domain/presence/chosen";
import { findFirst, lastSeqOf } from "@/lib/domain/thread/find";
import { floorFor, mayPost } from "@/lib/policy/room";
import { handle } from "@/lib/server/handler";
import { broadcastTyping } from "@/lib/server/typing";
import { findRoomFor } from "./find";

export default handle(typeInRoom, {
  mode: "none",
  async load({ tx, actor, input: { roomId, threadId } }) {
    const found = await findRoomFor(tx, actor, roomId);
    if (!found || threadId === undefined) return found && { ...found, lastSeq: undefined };
    const { room, membership } = found;
    const thread = await findFirst(tx, room, floorFor(room, membership), threadId);
    return thread && { ...found, lastSeq: await lastSeqOf(tx, room.organizationId, threadId) };
  },
  allow: ({ actor, subject }) => mayPost(actor, subject.room, subject.membership),
  async run({ tx, actor, input, subject, announce }) {
    const { choice } = await readChosen(tx, actor.personId);
    if (subject.room._count.memberships <= limits.typingMembers && choice !== "offline") {
      announce.after(() => broadcastTyping({ ...input, personId: actor.personId, lastSeq: subject.lastSeq }));
    }
    return {};
  },
});
