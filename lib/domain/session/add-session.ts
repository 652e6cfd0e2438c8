import { type Caller, sessionHours } from "@/lib/server/actor";
import { databaseTime, type Tx } from "@/lib/server/db";

// A login is one sign-in on one device. It has at most one session in each organization.

const hourMs = 3_600_000;

interface NewSession {
  id: string;
  loginId: string;
  person: { id: string; organizationId: string };
  caller: Pick<Caller, "address" | "userAgent">;
  /** How long ago it counts as last used, in ms. By default, not at all. */
  unusedMs?: number;
}

/** Locks a login, so that it cannot end before the transaction does. False if it has already ended. */
export async function lockLogin(tx: Tx, loginId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "Login" WHERE id = ${loginId}::uuid AND "endedAt" IS NULL FOR NO KEY UPDATE`;
  return rows.length === 1;
}

/**
 * Adds a session for a login in one organization. The login must not have a valid session there. The caller must have just created
 * the login, or locked it with `lockLogin`.
 */
export async function addSession(tx: Tx, { id, loginId, person, caller, unusedMs = 0 }: NewSession): Promise<void> {
  const { id: personId, organizationId } = person;
  const now = await databaseTime(tx);
  // An ended session is left if the person left the organization and then came back.
  await tx.session.deleteMany({ where: { loginId, organizationId } });
  await tx.session.create({
    data: {
      id,
      organizationId,
      personId,
      loginId,
      address: caller.address,
      userAgent: caller.userAgent.slice(0, 300),
      createdAt: now,
      lastUsedAt: new Date(now.getTime() - unusedMs),
      // The latest possible end. For owners and admins, `sessionIsValid` also applies a shorter limit.
      expiresAt: new Date(now.getTime() + sessionHours.others * hourMs),
    },
  });
}
