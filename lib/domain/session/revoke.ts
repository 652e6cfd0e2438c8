import { revokeSession } from "@/lib/contract/session";
import { yes } from "@/lib/policy/decision";
import { validSessionsOf } from "@/lib/server/actor";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { endLogins } from "./end-logins";

export default handle(revokeSession, {
  load: async () => ({}),
  allow: () => yes,
  async run({ tx, actor, input, announce }) {
    const { sessionId } = input;
    const endedBy = sessionId === actor.sessionId ? "here" : "elsewhere";
    const mine = await validSessionsOf(tx, actor.personId);
    if (!mine.includes(sessionId)) throw new AppError("not_found");
    const ended = await endLogins(tx, announce, { sessions: { some: { id: sessionId } } }, endedBy);
    if (ended === 0) throw new AppError("not_found");
    return {};
  },
});
