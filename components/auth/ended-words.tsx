import type { Ending } from "@/lib/contract/ending";

type EndedWordsProps = {
  ending: Ending;
  /** The organization's name. */
  organization: string;
};

const words = {
  here: "You signed out in this browser.",
  elsewhere: "You signed this browser out from another device. Sign in to pick up where you left off.",
  password:
    "Your password was changed, so you were signed out. Sign in with the new one. If it wasn't you, ask an admin.",
  crowd: "You're signed in on too many devices, so this one was signed out. Sign in to pick up where you left off.",
  time: "You were signed in for as long as Parley allows. Sign in to pick up where you left off.",
  unused:
    "You were signed out because you didn't use Parley here for a long time. Sign in to pick up where you left off.",
  unknown: "You were signed out. Sign in to pick up where you left off.",
};

/** Whether the person is no longer in the organization, so that signing in does not lead there again. */
export const isOut = (ending: Ending | undefined): ending is "deactivated" | "left" =>
  ending === "deactivated" || ending === "left";

/** Why somebody has to sign in again, and what to do. */
export function EndedWords({ ending, organization }: EndedWordsProps) {
  if (ending === "left")
    return (
      <>
        You left <bdi>{organization}</bdi>. To come back, you&apos;ll need a new invite.
      </>
    );
  if (ending === "deactivated")
    return (
      <>
        Your account was deactivated in <bdi>{organization}</bdi>, so you were signed out of it. Ask one of its admins.
      </>
    );
  return words[ending];
}
