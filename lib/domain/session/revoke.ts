import { revokeSession } from "@/lib/contract/session";
import { yes } from "@/lib/policy/decision";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { revokeSessions } from "./revoke-all";

export default handle(revokeSession, {
  load: async () => ({}),
  allow: () => yes,
  async run({ tx, actor, input, announce }) {
    const endedBy = input.sessionId === actor.sessionId ? "here" : "elsewhere";
    const ended = await revokeSessions(tx, announce, { personId: actor.personId, id: input.sessionId }, endedBy);
    if (ended === 0) throw new AppError("not_found");
    return {};
  },
});
