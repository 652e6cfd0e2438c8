import type { Invite } from "@/lib/contract/invite";

interface InviteState {
  label: string;
  tone: "success" | "neutral" | "danger";
  /** Why the invite's link does not work. Null while it works. */
  reason: string | null;
}

const open: InviteState = { label: "Open", tone: "success", reason: null };
const closedStates: Readonly<Record<NonNullable<Invite["closed"]>, InviteState>> = {
  revoked: { label: "Revoked", tone: "danger", reason: "It was revoked, or its creator may no longer invite." },
  expired: { label: "Expired", tone: "neutral", reason: "It has expired." },
  used_up: { label: "Used up", tone: "neutral", reason: "It has been used up." },
  roomless: { label: "No rooms", tone: "neutral", reason: "None of its rooms can be joined any longer." },
};

/** Whether an invite's link works now, and if not, why. `isExpired`: whether the invite expired after it was loaded. */
export function inviteState({ closed }: Pick<Invite, "closed">, isExpired: boolean): InviteState {
  return closed ? closedStates[closed] : isExpired ? closedStates.expired : open;
}
