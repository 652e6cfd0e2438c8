import { databaseTime, type Tx } from "@/lib/server/db";
import { closeSocketsOf } from "@/lib/server/ended-sessions";
import type { Announce } from "@/lib/server/handler";

/**
 * Ends all sessions of a person in their organization, and closes the sockets after the commit. The account stays signed in to
 * other organizations. Returns the number of ended sessions.
 */
export async function endSessionsOf(tx: Tx, announce: Announce, personId: string): Promise<number> {
  const now = await databaseTime(tx);
  const ended = await tx.session.updateManyAndReturn({
    where: { personId, revokedAt: null, expiresAt: { gt: now } },
    data: { revokedAt: now },
    select: { id: true },
  });
  announce.after(() => closeSocketsOf(ended.map(({ id }) => id)));
  return ended.length;
}
