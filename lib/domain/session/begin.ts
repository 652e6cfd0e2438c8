import { uuidv7 } from "uuidv7";
import { Email } from "@/lib/contract/person";
import { lockIfPasswordUnchanged } from "@/lib/domain/password/lock";
import { runsOrganization } from "@/lib/policy/decision";
import { activePerson } from "@/lib/server/actor";
import type { SessionCommands } from "@/lib/server/auth";
import type { SessionCookie } from "@/lib/server/cookie";
import { db, type Tx } from "@/lib/server/db";
import { verifyPassword } from "@/lib/server/secret";
import { tryPassword } from "./throttle";

const hourMs = 3_600_000;
const maxPasswordLength = 1_000;
/** The most sessions of one person, so that one transaction can end all of them. */
const maxSessions = 100;

/**
 * Begins a session and returns it; null if e-mail and password do not match. Unknown e-mails, wrong passwords and deactivated
 * people get the same answer after the same time. Throws `rate_limited` after too many attempts. No account is ever locked.
 */
export const begin: SessionCommands["begin"] = async ({ email: given, password }, caller) => {
  const parsed = Email.safeParse(given);
  const email = parsed.success ? parsed.data : "malformed";
  const account = parsed.success ? await db().account.findUnique({ where: { email } }) : null;
  const verified = await tryPassword(caller, { email, account }, async (hashQueue) => {
    if (password.length > maxPasswordLength) return null;
    return (await verifyPassword(account?.passwordHash ?? null, password, hashQueue)) ? account : null;
  });
  return verified && beginSession(verified, caller);
};

/** Begins a session, unless the password has changed since it was verified. */
function beginSession(
  { id: accountId, passwordHash }: { id: string; passwordHash: string },
  { address, userAgent }: { address: string; userAgent: string },
): Promise<SessionCookie | null> {
  return db().$transaction(async (tx) => {
    if (!(await lockIfPasswordUnchanged(tx, accountId, passwordHash))) return null;
    const person = await tx.person.findFirst({ where: { accountId, ...activePerson() }, orderBy: { id: "asc" } });
    if (!person) return null;
    const { id: personId, organizationId } = person;
    await endOldest(tx, personId);
    const lifeMs = runsOrganization({ personId, role: person.role }) ? 12 * hourMs : 90 * 24 * hourMs;
    const expiresAt = new Date(Date.now() + lifeMs);
    const data = { id: uuidv7(), organizationId, personId, address, userAgent: userAgent.slice(0, 300), expiresAt };
    await tx.session.create({ data });
    return { sessionId: data.id, accountId };
  });
}

/** Ends the least recently used sessions, so that one more is allowed. */
async function endOldest(tx: Tx, personId: string): Promise<void> {
  const valid = { personId, revokedAt: null, expiresAt: { gt: new Date() } };
  const oldest = await tx.session.findMany({
    where: valid,
    select: { id: true },
    orderBy: { lastUsedAt: "desc" },
    skip: maxSessions - 1,
    take: maxSessions,
  });
  if (oldest.length === 0) return;
  await tx.session.updateMany({
    where: { id: { in: oldest.map(({ id }) => id) } },
    data: { revokedAt: new Date(), endedBy: "crowd" },
  });
}
