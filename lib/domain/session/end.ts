import { endSession } from "@/lib/contract/session";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";
import { revokeSessions } from "./revoke-all";

export default handle(endSession, {
  load: async () => ({}),
  allow: () => yes,
  async run({ tx, actor, announce }) {
    await revokeSessions(tx, announce, { personId: actor.personId, id: actor.sessionId }, "here");
    return {};
  },
});
