import { removeReaction } from "@/lib/contract/reaction";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";
import { react } from "./react";

export default handle(removeReaction, {
  // `react` commits whole batches by itself, and announces them. It checks the session, the membership and the policy.
  mode: "none",
  checksSession: true,
  load: async ({ actor, input, receivedAt }) => ({ actor, ...input, isGiven: false, receivedAt }),
  allow: () => yes,
  run: ({ subject }) => react(subject),
});
