import { updatePresence } from "@/lib/contract/presence";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";
import { beginLease } from "@/lib/server/presence";

export default handle(updatePresence, {
  mode: "none",
  load: async () => ({}),
  allow: () => yes,
  async run({ actor, caller, input }) {
    beginLease(actor, caller.lease ?? `session:${actor.sessionId}`, input.state);
    return {};
  },
});
