import type { Tx } from "@/lib/server/db";
import { type ClosedLink, closedReason, type LandingRow, landingFields } from "./to-invite";

export type FoundLink = { closed: null; invite: LandingRow } | { closed: ClosedLink; invite: null };

/** Finds the invite of a link. If the link does not work, returns only why (`closed`). */
export async function findByLink(tx: Tx, tokenHash: string): Promise<FoundLink> {
  const current = await tx.invite.findUnique({ where: { tokenHash }, include: landingFields });
  const replaced =
    current === null
      ? await tx.invite.findFirst({ where: { replacedHashes: { has: tokenHash } }, include: landingFields })
      : null;
  const invite = current ?? replaced;
  if (!invite) return { closed: "unknown", invite: null };
  const closed = closedReason(invite) ?? (replaced ? ("replaced" as const) : null);
  return closed ? { closed, invite: null } : { closed, invite };
}
