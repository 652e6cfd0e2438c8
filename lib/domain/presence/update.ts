import { updatePresence } from "@/lib/contract/presence";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";
import { applyChoice, beginLease } from "@/lib/server/presence";
import { readChosen } from "./chosen";

export default handle(updatePresence, {
  mode: "none",
  load: async () => ({}),
  allow: () => yes,
  async run({ tx, actor, caller, input }) {
    // The choice is read after the lease began. So a choice that is made meanwhile is not missed: it is announced to this process.
    beginLease(actor, caller.lease ?? `session:${actor.sessionId}`, input.state);
    applyChoice(actor.personId, await readChosen(tx, actor.personId));
    return {};
  },
});
