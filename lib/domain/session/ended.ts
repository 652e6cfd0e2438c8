import type { Ending } from "@/lib/contract/ending";
import { runsOrganization } from "@/lib/policy/decision";
import { hasLeft } from "@/lib/policy/person";
import { sessionHours } from "@/lib/server/actor";
import { loginFrom } from "@/lib/server/cookie";
import { db, type Prisma } from "@/lib/server/db";

const hourMs = 3_600_000;
const include = {
  person: true,
  organization: { select: { name: true, idleHours: true, adminIdleHours: true } },
} satisfies Prisma.SessionInclude;

/**
 * Why a browser's session has ended. `cookies` names the login, and `handle` the organization. Without a handle, the login's last
 * used session counts. Null if the session has not ended, or the cookie is not valid. The cookie is signed, so only the browser
 * that had the session gets the reason, and the name of its organization.
 */
export async function whyEnded(
  cookies: string | null | undefined,
  handle: string | null = null,
  now = Date.now(),
): Promise<{ ending: Ending; organization: string } | null> {
  const login = await loginFrom(cookies);
  if (!login) return null;
  const { loginId } = login;
  const session = await db().session.findFirst({
    where: { loginId, ...(handle && { organization: { handle: handle.toLowerCase() } }) },
    include,
    orderBy: { lastUsedAt: "desc" },
  });
  if (!session) return null;
  const ending = endingOf(session, now);
  return ending && { ending, organization: session.organization.name };
}

function endingOf(session: Prisma.SessionGetPayload<{ include: typeof include }>, now: number): Ending | null {
  const { deactivatedAt, endsAt } = session.person;
  if (hasLeft(session.person)) return "left";
  if (deactivatedAt || (endsAt && endsAt.getTime() <= now)) return "deactivated";
  if (session.revokedAt) return session.endedBy ?? "unknown";
  const runs = runsOrganization(session.person);
  const adminsEnd = session.createdAt.getTime() + sessionHours.admins * hourMs;
  if (session.expiresAt.getTime() <= now || (runs && adminsEnd <= now)) return "time";
  const { idleHours, adminIdleHours } = session.organization;
  const maxIdleMs = (runs ? adminIdleHours : idleHours) * hourMs;
  return session.lastUsedAt.getTime() <= now - maxIdleMs ? "unused" : null;
}
