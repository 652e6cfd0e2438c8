import type { Invite } from "@/lib/contract/invite";

type InviteState = { label: string; tone: "success" | "neutral" | "danger"; works: boolean };

/** Whether an invite's link works now, and if not, why. */
export function inviteState(
  invite: Pick<Invite, "revokedAt" | "expiresAt" | "maxUses" | "uses">,
  now = Date.now(),
): InviteState {
  if (invite.revokedAt) return { label: "Revoked", tone: "danger", works: false };
  if (invite.expiresAt && Date.parse(invite.expiresAt) <= now)
    return { label: "Expired", tone: "neutral", works: false };
  if (invite.maxUses !== null && invite.uses >= invite.maxUses)
    return { label: "Used up", tone: "neutral", works: false };
  return { label: "Open", tone: "success", works: true };
}
