import type { Answer } from "@/lib/contract/errors";
import type { InviteLanding } from "@/lib/contract/invite";

const again = "Ask whoever sent it for a new one.";
const refusals = {
  expired: { title: "This invite has expired", lead: again },
  used_up: { title: "This invite is used up", lead: `As many people as it was meant for have joined. ${again}` },
  revoked: { title: "This invite was withdrawn", lead: again },
  unknown: { title: "There is no such invite", lead: "Check that the whole link was copied, or ask for a new one." },
};

/** Why an invite link leads nowhere, and what to do. Says nothing of where it would have led. */
export function refusedInvite(answer: Answer<InviteLanding>): { title: string; lead: string } {
  if (answer.ok) return refusals[answer.data.state === "open" ? "unknown" : answer.data.state];
  if (answer.error.code === "invalid_input") return refusals.unknown;
  return { title: "This invite could not be opened", lead: `${answer.error.message} Then load this page again.` };
}
