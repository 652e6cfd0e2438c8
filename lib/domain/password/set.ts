import type { Tx } from "@/lib/server/db";
import type { Announce } from "@/lib/server/handler";
import { revokeSessions } from "@/lib/domain/session/revoke-all";

/** Sets an account's password, marks its password links as used, and ends all its sessions except `keepSessionId`. */
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
  const person = { accountId };
  await tx.passwordReset.updateMany({ where: { person, usedAt: null }, data: { usedAt: now } });
  await revokeSessions(tx, announce, { person, ...(keepSessionId && { id: { not: keepSessionId } }) }, "password");
  return account;
}
