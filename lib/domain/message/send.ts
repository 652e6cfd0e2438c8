import { uuidv7 } from "uuidv7";
import { sendMessage } from "@/lib/contract/message";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";
import { metrics } from "@/lib/server/metrics";
import { db } from "@/lib/server/db";
import { append } from "./append";
import { findTargets } from "./find-targets";
import { areAllPeople, toMentions } from "./mentions";
import { sendOne } from "./send-one";

export default handle(sendMessage, {
  // `append` commits whole batches by itself. It checks the session, the membership and the policy.
  mode: "none",
  checksSession: true,
  load: async ({ actor, input, receivedAt }) => {
    const { roomId, id = uuidv7(), body, replyToId = null, threadId, alsoInRoom = false } = input;
    const found = await findTargets(db(), actor, roomId, body);
    const reply = { threadId, alsoInRoom: threadId !== undefined && alsoInRoom };
    const send = { actor, roomId, id, body, replyToId, ...reply, receivedAt };
    return { send, found };
  },
  allow: () => yes,
  async run({ subject: { send, found }, announce }) {
    // Sending also marks the room as read. The author's devices apply that when they receive the frame.
    if (areAllPeople(found)) {
      const { targets, notes } = toMentions(found);
      const appended = await append({ ...send, mentions: targets });
      if (appended) return { ...appended, ...(notes && { notes }) };
    }
    const { message, isNew } = await sendOne(send);
    if (isNew) announce.room(send.roomId);
    else announce.after(() => metrics().duplicates.inc());
    return message;
  },
});
