import type { SessionEnd } from "@/lib/generated/prisma/enums";
import type { Tx } from "@/lib/server/db";
import type { Announce } from "@/lib/server/handler";
import { closeSocketsOf } from "@/lib/server/ended-sessions";

/** Ends these sessions, and closes their sockets after the commit. They receive nothing that commits later. */
export async function revokeSessions(
  tx: Tx,
  announce: Announce,
  where: { personId: string; id?: string | { not: string } } | { person: { accountId: string }; id?: { not: string } },
  endedBy: SessionEnd,
): Promise<number> {
  const valid = await tx.session.findMany({
    where: { ...where, revokedAt: null, expiresAt: { gt: new Date() } },
    select: { id: true, organizationId: true },
    orderBy: { organizationId: "asc" },
  });
  const ids = valid.map((session) => session.id);
  // An account may be used in several organizations. Their proofs move at the commit, in the order of these updates.
  for (const organizationId of new Set(valid.map((session) => session.organizationId))) {
    await tx.session.updateMany({
      where: { id: { in: ids }, organizationId },
      data: { revokedAt: new Date(), endedBy },
    });
  }
  announce.after(() => closeSocketsOf(ids));
  return ids.length;
}
