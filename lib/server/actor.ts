import type { OrganizationRole } from "@/lib/contract/person";
import { db } from "./db";

/** Who asks. */
export interface Actor {
  organizationId: string;
  personId: string;
  sessionId: string;
  role: OrganizationRole;
  name: string;
}

/** Where a question comes from. `actor` is null when nobody is signed in. */
export interface Caller {
  actor: Actor | null;
  /** The network address, for limits on those who are not signed in. */
  address: string;
  userAgent: string;
  requestId: string;
  /** What holds their presence: the socket, or nothing over HTTP. */
  lease?: string;
}

/** A login ends after this long without use, in milliseconds. */
export const idleMs = 14 * 24 * 3_600_000;
const touchMs = 60_000;

/** The person a login belongs to, or null when the login has ended in any way. One query; writes at most once a minute. */
export async function findActor(sessionId: string): Promise<Actor | null> {
  const session = await db().session.findUnique({
    where: { id: sessionId },
    select: {
      id: true,
      organizationId: true,
      expiresAt: true,
      revokedAt: true,
      lastUsedAt: true,
      person: { select: { id: true, role: true, name: true, deactivatedAt: true } },
    },
  });
  if (!session || session.revokedAt || session.person.deactivatedAt) return null;
  const now = Date.now();
  const unusedMs = now - session.lastUsedAt.getTime();
  if (session.expiresAt.getTime() <= now || unusedMs > idleMs) return null;
  if (unusedMs > touchMs) {
    await db().session.updateMany({ where: { id: sessionId, revokedAt: null }, data: { lastUsedAt: new Date(now) } });
  }
  const { id, role, name } = session.person;
  return { organizationId: session.organizationId, personId: id, sessionId, role, name };
}

/** Of these logins, those that are good at this moment. One statement. */
export async function validSessions(sessionIds: string[]): Promise<Set<string>> {
  if (sessionIds.length === 0) return new Set();
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT s.id FROM "Session" s JOIN "Person" p ON p.id = s."personId"
    WHERE s.id = ANY(${sessionIds}::uuid[]) AND s."revokedAt" IS NULL AND s."expiresAt" > now()
      AND s."lastUsedAt" > ${new Date(Date.now() - idleMs)} AND p."deactivatedAt" IS NULL`;
  return new Set(rows.map((row) => row.id));
}
