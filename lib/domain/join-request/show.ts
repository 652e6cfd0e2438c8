import { showAskLanding } from "@/lib/contract/join-request";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";
import { findByAskLink } from "./find-link";

export default handle(showAskLanding, {
  load: async ({ tx, actor, input }) => ({ landing: await findByAskLink(tx, actor, input.token) }),
  allow: () => yes,
  run: async ({ subject: { landing } }) => landing ?? { state: "revoked" as const },
});
