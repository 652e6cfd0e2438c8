import type { Ending } from "@/lib/contract/ending";
import { idleMs } from "@/lib/server/actor";
import { loginFrom } from "@/lib/server/cookie";
import { db } from "@/lib/server/db";

/**
 * Why the login that a browser still has a cookie of is over, or null: it is good, or there is none. The cookie is signed,
 * so that this is told to nobody but the browser whose login it was.
 */
export async function whyEnded(cookies: string | null | undefined, now = Date.now()): Promise<Ending | null> {
  const login = await loginFrom(cookies);
  const session =
    login && (await db().session.findUnique({ where: { id: login.sessionId }, include: { person: true } }));
  if (!session) return null;
  if (session.person.deactivatedAt) return "deactivated";
  if (session.revokedAt) return session.endedBy ?? "unknown";
  if (session.expiresAt.getTime() <= now) return "time";
  return session.lastUsedAt.getTime() <= now - idleMs ? "unused" : null;
}
