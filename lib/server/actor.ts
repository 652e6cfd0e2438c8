import type { OrganizationRole } from "@/lib/contract/person";
import { defaultRules, type Rules } from "@/lib/policy/decision";
import type { LoginCookie } from "./cookie";
import { db, Prisma, type Tx } from "./db";
import { batchLookups } from "./batches";
import { once } from "./once";
import { pool } from "./pool";

/** The signed-in person who makes a request, and the session that the request uses. */
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
  /** The login that the session cookie names, which may have ended. Null without a valid cookie. */
  login?: LoginCookie | null;
  /** Set if the request names no organization and its login is signed in to several. */
  mustNameOrganization?: boolean;
  /** Reads the actor from the database again; null if the session has ended. Call it after the checks that need no database. */
  reloadActor?: (() => Promise<Actor | null>) | undefined;
  /** The network address. It is the rate-limit key of callers who are not signed in. */
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
/** Applies instead if the login used another session more recently; see `findActorOfLogin`. */
const recordSwitchEveryMs = 1_000;

/** How long ago a session was last used. */
interface Unused {
  unusedMs: number;
}
type Row = Actor & Unused;
type LoginRow = LoginSession & Unused & { loginId: string };

/** For Prisma: selects the columns that hold an organization's rules. */
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

/** The maximum age of a session, even if it is in use. The person's current role decides, not their role at sign-in. */
export const sessionHours = { admins: 12, others: 90 * 24 } as const;

// oxlint-disable-next-line no-restricted-properties -- the number is our own
const adminsLife = Prisma.raw(`interval '${sessionHours.admins} hours'`);
/** SQL: when session `s` of person `p` reaches the maximum age for owners and admins. Null for other roles. */
const adminsEnd = Prisma.sql`
  CASE WHEN p.role IN ('owner', 'admin') THEN s."createdAt" + ${adminsLife} END`;

/**
 * SQL: whether session `s` of person `p` is valid now: it is not revoked, expired or unused for too long, and the person may sign
 * in.
 */
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

/** Finds the person of a session. Null if the session has ended. Updates its `lastUsedAt`, at most once a minute. */
export async function findActor(sessionId: string): Promise<Actor | null> {
  const found = await once("find-actor", () => batchLookups(findActors))(sessionId);
  return found ? recordUse(found) : null;
}

async function recordUse<T extends Row>(
  { unusedMs, ...actor }: T,
  everyMs = updateLastUsedAtEveryMs,
): Promise<Omit<T, "unusedMs">> {
  if (unusedMs > everyMs)
    await db().$executeRaw`
      UPDATE "Session" SET "lastUsedAt" = now() WHERE id = ${actor.sessionId}::uuid AND "revokedAt" IS NULL`;
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

/** The valid sessions of a login, one for each organization, most recently used first. */
export async function sessionsOfLogin(loginId: string): Promise<LoginSession[]> {
  return (await rowsOfLogin(loginId)).map(toLoginSession);
}

const toLoginSession = ({ unusedMs: _, loginId: __, ...session }: LoginRow): LoginSession => session;

/**
 * Finds a login's session in the organization with this handle. Null if there is none: the organization does not exist, the
 * person is not in it, or the session has ended. Without a handle, returns the login's only session, or "several" if it has more
 * than one. Updates `lastUsedAt` as `findActor` does.
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
  // `/` opens the organization that was used last. So a switch to another one is recorded right away.
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

/** Returns the ids in `sessionIds` whose sessions are valid now. Runs one statement. */
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

/**
 * The ids of sessions that ended in the last minute, on any process. The query uses indexes, so it is fast with many sessions.
 */
export async function endedSessions(): Promise<string[]> {
  const { rows } = await pool().query<{ id: string }>({ name: "ended-sessions", text: endedSessionsSql });
  return rows.map((row) => row.id);
}
