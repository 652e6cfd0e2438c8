import type { Tx } from "@/lib/server/db";
import type { Announce } from "@/lib/server/handler";
import { endLogins } from "@/lib/domain/session/end-logins";

/** Sets an account's password, marks its password links as used, and ends all its logins except the login of `keepSessionId`. */
export async function setPassword(
  tx: Tx,
  announce: Announce,
  accountId: string,
  passwordHash: string,
  keepSessionId?: string,
): Promise<{ email: string }> {
  const now = new Date();
  const account = await tx.account.update({
    where: { id: accountId },
    data: { passwordHash, passwordChangedAt: now },
    select: { email: true },
  });
  await tx.passwordReset.updateMany({ where: { person: { accountId }, usedAt: null }, data: { usedAt: now } });
  const others = keepSessionId ? { accountId, sessions: { none: { id: keepSessionId } } } : { accountId };
  await endLogins(tx, announce, others, "password");
  return account;
}
