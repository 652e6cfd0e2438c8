import type { Invite } from "@/lib/contract/invite";

type InviteState = { label: string; tone: "success" | "neutral" | "danger"; works: boolean };

/** Whether an invite's link works now, and if not, why. */
export function inviteState(invite: Pick<Invite, "revokedAt" | "maxUses" | "uses">, expired: boolean): InviteState {
  if (invite.revokedAt) return { label: "Revoked", tone: "danger", works: false };
  if (expired) return { label: "Expired", tone: "neutral", works: false };
  if (invite.maxUses !== null && invite.uses >= invite.maxUses)
    return { label: "Used up", tone: "neutral", works: false };
  return { label: "Open", tone: "success", works: true };
}
