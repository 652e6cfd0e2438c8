import { listAudit } from "@/lib/contract/audit";
import { mayReadAudit, mayReadAuditOfRoom } from "@/lib/policy/organization";
import { handle } from "@/lib/server/handler";
import { findRoomFor } from "../room/find";
import { readAudit } from "./read";

const membershipIn = async (...asked: Parameters<typeof findRoomFor>) =>
  (await findRoomFor(...asked))?.membership ?? null;

export default handle(listAudit, {
  load: async ({ tx, actor, input: { roomId } }) => ({
    // People who may read the whole log need no membership. Everyone else gets the same refusal, whether or not the room exists.
    membership: roomId && !mayReadAudit(actor).ok ? await membershipIn(tx, actor, roomId) : null,
  }),
  allow: ({ actor, input, subject }) =>
    input.roomId ? mayReadAuditOfRoom(actor, subject.membership) : mayReadAudit(actor),
  run: ({ tx, actor, input }) => readAudit(tx, actor, input),
});
