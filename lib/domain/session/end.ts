import { endSession } from "@/lib/contract/session";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";
import { endLogins } from "./end-logins";

export default handle(endSession, {
  load: async () => ({}),
  allow: () => yes,
  async run({ tx, actor, announce }) {
    await endLogins(tx, announce, { sessions: { some: { id: actor.sessionId } } }, "here");
    return {};
  },
});
