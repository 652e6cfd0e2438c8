import type { Tx } from "@/lib/server/db";

/**
 * Locks an account's password until the transaction ends. Returns whether the hash is still the one that was verified: the
 * password may have changed during the verification. Take this lock to change a password, or to begin a session with a password.
 */
export async function lockIfPasswordUnchanged(tx: Tx, accountId: string, verifiedHash: string): Promise<boolean> {
  return (await lockAccount(tx, accountId)) === verifiedHash;
}

/** Takes the same lock without comparing hashes. Returns the current hash. */
export async function lockAccount(tx: Tx, accountId: string): Promise<string | null> {
  const [account] = await tx.$queryRaw<{ passwordHash: string }[]>`
    SELECT "passwordHash" FROM "Account" WHERE id = ${accountId}::uuid FOR NO KEY UPDATE`;
  return account?.passwordHash ?? null;
}
