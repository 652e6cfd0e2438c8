import { updatePresence } from "@/lib/contract/presence";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";
import { applyChoice, changeLease, renewLeaseOfSession } from "@/lib/server/presence";
import { readChosen } from "./chosen";

export default handle(updatePresence, {
  mode: "none",
  load: async () => ({}),
  allow: () => yes,
  async run({ tx, actor, caller, input }) {
    // The choice is read after the lease has begun. So a choice that is made meanwhile is not missed: it is announced to this process.
    if (caller.lease) changeLease(actor, caller.lease, input.state);
    else renewLeaseOfSession(actor, input.state);
    applyChoice(actor.personId, await readChosen(tx, actor.personId));
    return {};
  },
});
