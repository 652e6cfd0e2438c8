import { type Caller, sessionHours } from "@/lib/server/actor";
import type { Tx } from "@/lib/server/db";

const hourMs = 3_600_000;

interface NewSession {
  id: string;
  loginId: string;
  person: { id: string; organizationId: string };
  caller: Pick<Caller, "address" | "userAgent">;
  /** By default, now. */
  lastUsedAt?: Date;
}

/** Locks a login, so that it cannot end before the transaction does. False if it has already ended. */
export async function lockLogin(tx: Tx, loginId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "Login" WHERE id = ${loginId}::uuid AND "endedAt" IS NULL FOR NO KEY UPDATE`;
  return rows.length === 1;
}

/**
 * Adds a session to a login, in an organization where it has no valid one. The login is new, or locked by `lockLogin`. If a person left
 * the organization and comes back, this replaces the login's ended session there.
 */
export async function addSession(
  tx: Tx,
  { id, loginId, person, caller, lastUsedAt = new Date() }: NewSession,
): Promise<void> {
  const { id: personId, organizationId } = person;
  await tx.session.deleteMany({ where: { loginId, organizationId } });
  await tx.session.create({
    data: {
      id,
      organizationId,
      personId,
      loginId,
      address: caller.address,
      userAgent: caller.userAgent.slice(0, 300),
      lastUsedAt,
      // Sessions of owners and admins end earlier (`sessionIsValid`).
      expiresAt: new Date(Date.now() + sessionHours.others * hourMs),
    },
  });
}
