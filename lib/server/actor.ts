import type { OrganizationRole } from "@/lib/contract/person";
import { db, type Tx } from "./db";
import { gather } from "./gather";
import { once } from "./once";
import { pool } from "./pool";

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
  /** Asks anew who it is, or whether the login is still good: not before all that costs less has been looked at. */
  prove?: (() => Promise<Actor | null>) | undefined;
  /** The network address, for limits on those who are not signed in. */
  address: string;
  /** Whether it was asked on the machine Parley runs on, with nothing between. */
  isLocal?: boolean;
  /** The Cookie header, where there is one. */
  cookies?: string | null;
  userAgent: string;
  requestId: string;
  /** What holds their presence: the socket, or nothing over HTTP. */
  lease?: string;
}

/** A login ends after this long without use, in milliseconds. */
export const idleMs = 14 * 24 * 3_600_000;
const touchMs = 60_000;

interface Row extends Actor {
  unusedMs: number;
}

/** Of a login `s` and its person `p`: whether it is good now; $2 is `idleMs`. */
export const isGoodNow = `s."revokedAt" IS NULL AND s."expiresAt" > now()
  AND s."lastUsedAt" > now() - $2 * interval '1 millisecond' AND p."deactivatedAt" IS NULL`;

const actorText = `
  SELECT s.id AS "sessionId", s."organizationId", p.id AS "personId", p.role, p.name,
    (extract(epoch FROM now() - s."lastUsedAt") * 1000)::float8 AS "unusedMs"
  FROM "Session" s JOIN "Person" p ON p.id = s."personId" WHERE s.id = ANY($1::uuid[]) AND ${isGoodNow}`;

async function findActors(sessionIds: string[]): Promise<Map<string, Row>> {
  const { rows } = await pool().query<Row>({ name: "actors", text: actorText, values: [sessionIds, idleMs] });
  return new Map(rows.map((row) => [row.sessionId, row]));
}

/** The person a login belongs to, or null when the login has ended in any way. Writes at most once a minute. */
export async function findActor(sessionId: string): Promise<Actor | null> {
  const found = await once("find-actor", () => gather(findActors))(sessionId);
  if (!found) return null;
  const { unusedMs, ...actor } = found;
  if (unusedMs > touchMs) {
    await db().session.updateMany({ where: { id: sessionId, revokedAt: null }, data: { lastUsedAt: new Date() } });
  }
  return actor;
}

/** The same, as a condition on a Session. */
export function goodLogin(now = Date.now()) {
  return {
    revokedAt: null,
    expiresAt: { gt: new Date(now) },
    lastUsedAt: { gt: new Date(now - idleMs) },
    person: { deactivatedAt: null },
  };
}

/** The same as `findActor` at this moment of a transaction, and without writing that the login was used. */
export async function actorNow(tx: Tx, sessionId: string): Promise<Actor | null> {
  const found = await tx.session.findFirst({
    where: { id: sessionId, ...goodLogin() },
    select: { organizationId: true, personId: true, person: { select: { role: true, name: true } } },
  });
  if (!found) return null;
  const { organizationId, personId, person } = found;
  return { organizationId, personId, sessionId, ...person };
}

/** Whether a login is good at this moment of a transaction; it is not ended before the transaction is. */
export async function isGoodLogin(tx: Tx, sessionId: string): Promise<boolean> {
  await tx.$queryRaw`SELECT 1 FROM "Session" WHERE id = ${sessionId}::uuid FOR SHARE`;
  return (await tx.session.count({ where: { id: sessionId, ...goodLogin() } })) === 1;
}

const validText = `
  SELECT s.id FROM "Session" s JOIN "Person" p ON p.id = s."personId"
  WHERE s.id = ANY($1::uuid[]) AND ${isGoodNow}`;

/** Of these logins, those that are good at this moment. One statement. */
export async function validSessions(sessionIds: string[]): Promise<Set<string>> {
  if (sessionIds.length === 0) return new Set();
  const { rows } = await pool().query<{ id: string }>({
    name: "valid-sessions",
    text: validText,
    values: [sessionIds, idleMs],
  });
  return new Set(rows.map((row) => row.id));
}

const endedText = `
  SELECT s.id FROM "Session" s WHERE s."revokedAt" > now() - interval '1 minute'
  UNION ALL
  SELECT s.id FROM "Person" p JOIN "Session" s ON s."personId" = p.id WHERE p."deactivatedAt" > now() - interval '1 minute'`;

/** Logins that were ended lately, here or by another process. Reads those alone, however many there are. */
export async function endedSessions(): Promise<string[]> {
  const { rows } = await pool().query<{ id: string }>({ name: "ended-sessions", text: endedText });
  return rows.map((row) => row.id);
}
