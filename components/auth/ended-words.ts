import type { Ending } from "@/lib/contract/ending";

/** Why somebody has to sign in again, and what to do. */
export const endedWords: Record<Ending, string> = {
  here: "You signed out in this browser.",
  elsewhere: "You signed this browser out from another device. Sign in to pick up where you left off.",
  password:
    "Your password was changed, so you were signed out. Sign in with the new one. If it wasn't you, ask an admin.",
  crowd: "You're signed in on too many devices, so this one was signed out. Sign in to pick up where you left off.",
  time: "You were signed in for as long as Parley allows. Sign in to pick up where you left off.",
  unused:
    "You were signed out because you didn't use Parley here for a long time. Sign in to pick up where you left off.",
  deactivated:
    "Your account was deactivated in this organization, so you were signed out of it. Ask one of its admins.",
  left: "You left this organization. To come back, you'll need a new invite.",
  unknown: "You were signed out. Sign in to pick up where you left off.",
};
