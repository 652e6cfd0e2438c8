import type { Tx } from "@/lib/server/db";

/**
 * Takes the lock under which an account's password is changed and logins are begun with it, and says whether the hash is
 * still the one that was verified. Verifying takes a while, and waiting for it longer: what was true before may not be now.
 */
export async function holdsPassword(tx: Tx, accountId: string, verified: string): Promise<boolean> {
  return (await lockAccount(tx, accountId)) === verified;
}

/** The same lock where another proof than the password was given. The hash as it is now. */
export async function lockAccount(tx: Tx, accountId: string): Promise<string | null> {
  const [account] = await tx.$queryRaw<{ passwordHash: string }[]>`
    SELECT "passwordHash" FROM "Account" WHERE id = ${accountId}::uuid FOR NO KEY UPDATE`;
  return account?.passwordHash ?? null;
}
