import { uuidv7 } from "uuidv7";
import { Email } from "@/lib/contract/person";
import { lockIfPasswordUnchanged } from "@/lib/domain/password/lock";
import { hasLeft } from "@/lib/policy/person";
import { activePerson, type Caller } from "@/lib/server/actor";
import { AppError } from "@/lib/server/app-error";
import type { LoginCommands } from "@/lib/server/auth";
import type { LoginCookie } from "@/lib/server/cookie";
import { databaseTime, db, type Tx } from "@/lib/server/db";
import { verifyPassword } from "@/lib/server/secret";
import { addSession } from "./add-session";
import { endLogins } from "./end-logins";
import { tryPassword } from "./throttle";

const maxPasswordLength = 1_000;
/** An account has at most this many logins, so that one transaction can end all of them. */
const maxLogins = 100;
/**
 * The times of last use of a new login's sessions are this far apart, in the order in which the account last used its organizations.
 * So `/` opens the one that was used last, and a use of another one is recorded right away (`findActorOfLogin`).
 */
const apartMs = 2_000;

/**
 * Begins a login, with a session in every organization where the person is active. Returns null if email and password do not
 * match. Unknown emails, wrong passwords and deactivated people get the same answer after the same time. Whoever has left all their
 * organizations is told so, because their password is right. Throws `rate_limited` after too many attempts. No account is ever locked.
 */
export const begin: LoginCommands["begin"] = async ({ email: given, password }, caller) => {
  const parsed = Email.safeParse(given);
  const email = parsed.success ? parsed.data : "malformed";
  const account = parsed.success ? await db().account.findUnique({ where: { email } }) : null;
  const verified = await tryPassword(caller, { email, account }, async (hashQueue) => {
    if (password.length > maxPasswordLength) return null;
    return (await verifyPassword(account?.passwordHash ?? null, password, hashQueue)) ? account : null;
  });
  return verified && beginLogin(verified, caller);
};

/** Begins a login. Null if the password has changed since it was verified, or if the person is not active anywhere. */
function beginLogin(
  { id: accountId, passwordHash }: { id: string; passwordHash: string },
  caller: Pick<Caller, "address" | "userAgent">,
): Promise<LoginCookie | null> {
  return db().$transaction(async (tx) => {
    if (!(await lockIfPasswordUnchanged(tx, accountId, passwordHash))) return null;
    const people = await tx.person.findMany({ where: { accountId, ...activePerson() }, orderBy: { id: "asc" } });
    if (people.length === 0) return refuseLeaver(tx, accountId);
    await endOldest(tx, accountId);
    const loginId = uuidv7();
    await tx.login.create({ data: { id: loginId, accountId } });
    const ranks = await ranksByUse(
      tx,
      people.map(({ id }) => id),
    );
    for (const [at, person] of people.entries()) {
      const unusedMs = (ranks.get(person.id) ?? 0) * apartMs;
      await addSession(tx, { id: at === 0 ? loginId : uuidv7(), loginId, person, caller, unusedMs });
    }
    return { loginId, accountId };
  });
}

/** For an account that is active nowhere. Throws if it has left its organizations by itself: an invite would bring it back. */
async function refuseLeaver(tx: Tx, accountId: string): Promise<null> {
  const people = await tx.person.findMany({ where: { accountId }, select: { deactivatedAt: true, leftAt: true } });
  if (!people.some(hasLeft)) return null;
  throw new AppError(
    "forbidden",
    "This account is no longer in any organization. To come back, you need a new invite.",
  );
}

/** The ranks of an account's people by when they were last used in any login: 0 for the latest. */
async function ranksByUse(tx: Tx, personIds: string[]): Promise<Map<string, number>> {
  if (personIds.length < 2) return new Map();
  const uses = await tx.session.groupBy({
    by: ["personId"],
    where: { personId: { in: personIds } },
    _max: { lastUsedAt: true },
    orderBy: [{ _max: { lastUsedAt: "desc" } }, { personId: "asc" }],
  });
  const used = uses.map(({ personId }) => personId);
  const inOrder = [...used, ...personIds.filter((id) => !used.includes(id))];
  return new Map(inOrder.map((id, rank) => [id, rank]));
}

/** Ends the least recently used logins, so that one more is allowed. */
async function endOldest(tx: Tx, accountId: string): Promise<void> {
  const sessions = await tx.session.groupBy({
    by: ["loginId"],
    where: { login: { accountId, endedAt: null }, revokedAt: null, expiresAt: { gt: await databaseTime(tx) } },
    _max: { lastUsedAt: true },
    orderBy: { _max: { lastUsedAt: "desc" } },
    skip: maxLogins - 1,
    take: maxLogins,
  });
  if (sessions.length === 0) return;
  const ids = sessions.flatMap(({ loginId }) => loginId ?? []);
  // The next sweep closes the sockets of these logins.
  await endLogins(tx, { after() {} }, { id: { in: ids } }, "crowd");
}
