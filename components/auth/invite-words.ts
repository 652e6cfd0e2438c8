import type { Answer } from "@/lib/contract/errors";
import type { InviteLanding } from "@/lib/contract/invite";

const askForNew = "Ask the person who sent it for a new one.";
const refusals = {
  expired: { title: "This invite has expired", lead: askForNew },
  used_up: { title: "This invite has been used up", lead: `It has reached its limit. ${askForNew}` },
  revoked: { title: "This invite was revoked", lead: askForNew },
  replaced: {
    title: "There's a newer link",
    lead: "This invite was sent again. Use the link in the newest email.",
  },
  unknown: { title: "This invite isn't valid", lead: "Check that you copied the whole link, or ask for a new one." },
};

/** Shown to people who already have an account in the invite's organization but can't sign in there. */
export const closedStandings = {
  deactivated: {
    title: "Your account is deactivated here",
    lead: "You don't need an invite. Ask an admin to reactivate you, and sign in as before.",
  },
  ended: {
    title: "Your access as a guest has ended",
    lead: "You don't need an invite. Ask an admin to extend it, and sign in as before.",
  },
};

/** Why an invite link does not work, and what to do. Does not reveal the organization. */
export function whyInviteFails(answer: Answer<InviteLanding>): { title: string; lead: string } {
  if (answer.ok) return refusals[answer.data.state === "open" ? "unknown" : answer.data.state];
  if (answer.error.code === "invalid_input") return refusals.unknown;
  return { title: "Couldn't open this invite", lead: `${answer.error.message} Then reload this page.` };
}
