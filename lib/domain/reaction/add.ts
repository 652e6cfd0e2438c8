import { addReaction } from "@/lib/contract/reaction";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";
import { react } from "./react";

export default handle(addReaction, {
  // `react` commits whole batches by itself, and announces them. It checks the session, the membership and the policy.
  mode: "none",
  checksSession: true,
  load: async ({ actor, input, receivedAt }) => ({ actor, ...input, isGiven: true, receivedAt }),
  allow: () => yes,
  run: ({ subject }) => react(subject),
});
