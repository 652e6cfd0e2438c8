import type { OrganizationRole } from "@/lib/contract/person";
import { defaultRules, type Rules } from "@/lib/policy/decision";
import type { LoginCookie } from "./cookie";
import { db, Prisma, type Tx } from "./db";
import { batchLookups } from "./gather";
import { once } from "./once";
import { pool } from "./pool";

/** The signed-in person who makes a request, and the session they make it with. */
export interface Actor {
  organizationId: string;
  personId: string;
  sessionId: string;
  role: OrganizationRole;
  name: string;
  /** The organization's settings that decide what people may do. */
  rules: Rules;
}

/** A valid session of a login, with the handle of its organization. */
export interface LoginSession extends Actor {
  handle: string;
}

/** Who makes a request, and from where. */
export interface Caller {
  /** Null if nobody is signed in to the organization of the request. */
  actor: Actor | null;
  /** What the session cookie names, whether or not it has ended; null without a valid cookie. */
  login?: LoginCookie | null;
  /** The request names no organization, and its login is signed in to several. */
  mustNameOrganization?: boolean;
  /** Reads the actor from the database again; null if the session has ended. Call it after the checks that need no database. */
  reloadActor?: (() => Promise<Actor | null>) | undefined;
  /** The network address. Rate limits of callers who are not signed in count by it. */
  address: string;
  /** Whether the request comes from the machine that Parley runs on, without a proxy. */
  isLocal?: boolean;
  /** The Cookie header, if the request has one. */
  cookies?: string | null;
  userAgent: string;
  requestId: string;
  /** The id of the socket's presence lease, which shows the person as present. Absent over HTTP. */
  lease?: string;
}

const updateLastUsedAtEveryMs = 60_000;
/** The same if another session of the login was used later. */
const recordSwitchEveryMs = 1_000;

/** How long ago a session was last used. */
interface Unused {
  unusedMs: number;
}
type Row = Actor & Unused;
type LoginRow = LoginSession & Unused & { loginId: string };

/** The columns of an organization that are its rules. For Prisma. */
export const rulesColumns = Object.fromEntries(Object.keys(defaultRules).map((rule) => [rule, true])) as {
  readonly [R in keyof Rules]: true;
};

// oxlint-disable-next-line no-restricted-properties -- the text is from our own names, at the start
const rulesPairs = Prisma.raw(
  Object.keys(rulesColumns)
    .map((rule) => `'${rule}', o."${rule}"`)
    .join(", "),
);
/** SQL: the rules of the organization of person `p`, as JSON. */
export const rulesOfPerson = Prisma.sql`(
  SELECT json_build_object(${rulesPairs}) FROM "Organization" o WHERE o.id = p."organizationId")`;

/** SQL: how long a session of person `p` may go unused. */
const maxIdle = Prisma.sql`(
  SELECT make_interval(hours => CASE WHEN p.role IN ('owner', 'admin') THEN idle."adminIdleHours" ELSE idle."idleHours" END)
  FROM "Organization" idle WHERE idle.id = p."organizationId")`;

/** How long a session lasts, however much it is used. The role that the person has now decides, not that of their sign-in. */
export const sessionHours = { admins: 12, others: 90 * 24 } as const;

// oxlint-disable-next-line no-restricted-properties -- the number is our own
const adminsLife = Prisma.raw(`interval '${sessionHours.admins} hours'`);
/** SQL: when session `s` of person `p` is too old, while they are an owner or admin. Null for others. */
const adminsEnd = Prisma.sql`
  CASE WHEN p.role IN ('owner', 'admin') THEN s."createdAt" + ${adminsLife} END`;

/** SQL: whether session `s` of person `p` is valid now: not revoked, expired or unused for too long, and the person may sign in. */
export const sessionIsValid = Prisma.sql`s."revokedAt" IS NULL AND s."expiresAt" > now()
  AND coalesce(${adminsEnd} > now(), true) AND s."lastUsedAt" > now() - ${maxIdle}
  AND p."deactivatedAt" IS NULL AND (p."endsAt" IS NULL OR p."endsAt" > now())`;

/** SQL: when a valid session `s` of person `p` ends without being revoked, in ms since 1970. */
export const sessionValidUntil = Prisma.sql`floor(extract(epoch FROM
  least(s."expiresAt", ${adminsEnd}, s."lastUsedAt" + ${maxIdle}, p."endsAt")) * 1000)::float8`;

const actorColumns = `s.id AS "sessionId", s."organizationId", p.id AS "personId", p.role, p.name, ${rulesOfPerson.sql} AS rules,
    (extract(epoch FROM now() - s."lastUsedAt") * 1000)::float8 AS "unusedMs"`;

const actorsSql = `
  SELECT ${actorColumns}
  FROM "Session" s JOIN "Person" p ON p.id = s."personId" WHERE s.id = ANY($1::uuid[]) AND ${sessionIsValid.sql}`;

const loginsSql = `
  SELECT ${actorColumns}, s."loginId", o.handle
  FROM "Session" s JOIN "Person" p ON p.id = s."personId" JOIN "Organization" o ON o.id = s."organizationId"
  WHERE s."loginId" = ANY($1::uuid[]) AND ${sessionIsValid.sql} ORDER BY s."lastUsedAt" DESC, s.id`;

async function findActors(sessionIds: string[]): Promise<Map<string, Row>> {
  const { rows } = await pool().query<Row>({ name: "actors", text: actorsSql, values: [sessionIds] });
  return new Map(rows.map((row) => [row.sessionId, row]));
}

/** Finds the person that a session belongs to; null if the session has ended. Updates its `lastUsedAt`, at most once a minute. */
export async function findActor(sessionId: string): Promise<Actor | null> {
  const found = await once("find-actor", () => batchLookups(findActors))(sessionId);
  return found ? recordUse(found) : null;
}

async function recordUse<T extends Row>(
  { unusedMs, ...actor }: T,
  everyMs = updateLastUsedAtEveryMs,
): Promise<Omit<T, "unusedMs">> {
  if (unusedMs > everyMs) {
    const where = { id: actor.sessionId, revokedAt: null };
    await db().session.updateMany({ where, data: { lastUsedAt: new Date() } });
  }
  return actor;
}

async function findLogins(loginIds: string[]): Promise<Map<string, LoginRow[]>> {
  const { rows } = await pool().query<LoginRow>({ name: "logins", text: loginsSql, values: [loginIds] });
  const byLogin = new Map<string, LoginRow[]>();
  for (const row of rows) byLogin.set(row.loginId, [...(byLogin.get(row.loginId) ?? []), row]);
  return byLogin;
}

const rowsOfLogin = async (loginId: string): Promise<LoginRow[]> =>
  (await once("find-login", () => batchLookups(findLogins))(loginId)) ?? [];

/** The valid sessions of a login, one for each organization, the last used first. */
export async function sessionsOfLogin(loginId: string): Promise<LoginSession[]> {
  return (await rowsOfLogin(loginId)).map(toLoginSession);
}

const toLoginSession = ({ unusedMs: _, loginId: __, ...session }: LoginRow): LoginSession => session;

/**
 * Finds who a login is in the organization with this handle. Null if it is not signed in there: the organization does not exist,
 * the person is not in it, or the session has ended. Without a handle, it finds the session of a login that has only one, and
 * "several" if there are more. Updates `lastUsedAt` as `findActor` does.
 */
export async function findActorOfLogin(
  loginId: string,
  handle: string | null,
): Promise<LoginSession | "several" | null> {
  const rows = await rowsOfLogin(loginId);
  const wanted = handle?.toLowerCase();
  const found = wanted === undefined ? rows : rows.filter((row) => row.handle === wanted);
  if (found.length > 1) return "several";
  const [row] = found;
  if (!row) return null;
  // `/` leads to the organization that was used last, so switching to another one is recorded right away.
  await recordUse(row, row === rows[0] ? updateLastUsedAtEveryMs : recordSwitchEveryMs);
  return toLoginSession(row);
}

/** For Prisma: people who may sign in. */
export function activePerson(now = Date.now()) {
  return { deactivatedAt: null, OR: [{ endsAt: null }, { endsAt: { gt: new Date(now) } }] };
}

/** Like `findActor`, but inside a transaction, and without updating `lastUsedAt`. */
export async function findActorIn(tx: Tx, sessionId: string): Promise<Actor | null> {
  const [found] = await tx.$queryRaw<Actor[]>`
    SELECT s.id AS "sessionId", s."organizationId", p.id AS "personId", p.role, p.name, ${rulesOfPerson} AS rules
    FROM "Session" s JOIN "Person" p ON p.id = s."personId" WHERE s.id = ${sessionId}::uuid AND ${sessionIsValid}`;
  return found ?? null;
}

/** The ids of a person's valid sessions. */
export async function validSessionsOf(tx: Tx, personId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT s.id FROM "Session" s JOIN "Person" p ON p.id = s."personId"
    WHERE p.id = ${personId}::uuid AND ${sessionIsValid}`;
  return rows.map(({ id }) => id);
}

/** Whether a session is valid. A lock keeps it valid until the transaction ends. */
export async function isValidSession(tx: Tx, sessionId: string): Promise<boolean> {
  await tx.$queryRaw`SELECT 1 FROM "Session" WHERE id = ${sessionId}::uuid FOR SHARE`;
  return (await findActorIn(tx, sessionId)) !== null;
}

const validSessionsSql = `
  SELECT s.id FROM "Session" s JOIN "Person" p ON p.id = s."personId"
  WHERE s.id = ANY($1::uuid[]) AND ${sessionIsValid.sql}`;

/** Returns those of `sessionIds` whose sessions are valid now. One statement. */
export async function validSessions(sessionIds: string[]): Promise<Set<string>> {
  if (sessionIds.length === 0) return new Set();
  const { rows } = await pool().query<{ id: string }>({
    name: "valid-sessions",
    text: validSessionsSql,
    values: [sessionIds],
  });
  return new Set(rows.map((row) => row.id));
}

const endedSessionsSql = `
  SELECT s.id FROM "Session" s WHERE s."revokedAt" > now() - interval '1 minute'
  UNION ALL
  SELECT s.id FROM "Person" p JOIN "Session" s ON s."personId" = p.id WHERE p."deactivatedAt" > now() - interval '1 minute'
  UNION ALL
  SELECT s.id FROM "Person" p JOIN "Session" s ON s."personId" = p.id
  WHERE p."endsAt" > now() - interval '1 minute' AND p."endsAt" <= now()`;

/** The ids of sessions that ended in the last minute, in any process. It uses indexes, so many sessions do not make it slow. */
export async function endedSessions(): Promise<string[]> {
  const { rows } = await pool().query<{ id: string }>({ name: "ended-sessions", text: endedSessionsSql });
  return rows.map((row) => row.id);
}
