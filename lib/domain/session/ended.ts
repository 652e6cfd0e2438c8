import type { Ending } from "@/lib/contract/ending";
import { maxIdleMs } from "@/lib/server/actor";
import { sessionFrom } from "@/lib/server/cookie";
import { db } from "@/lib/server/db";

/**
 * Why the session of a browser's cookie has ended; null if it has not ended, or the cookie is not valid. The cookie is signed, so
 * only the browser that had the session learns this.
 */
export async function whyEnded(cookies: string | null | undefined, now = Date.now()): Promise<Ending | null> {
  const cookie = await sessionFrom(cookies);
  const session =
    cookie && (await db().session.findUnique({ where: { id: cookie.sessionId }, include: { person: true } }));
  if (!session) return null;
  const { deactivatedAt, endsAt } = session.person;
  if (deactivatedAt || (endsAt && endsAt.getTime() <= now)) return "deactivated";
  if (session.revokedAt) return session.endedBy ?? "unknown";
  if (session.expiresAt.getTime() <= now) return "time";
  return session.lastUsedAt.getTime() <= now - maxIdleMs ? "unused" : null;
}
