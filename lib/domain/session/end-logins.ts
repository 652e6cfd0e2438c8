import type { Prisma } from "@/lib/generated/prisma/client";
import type { SessionEnd } from "@/lib/generated/prisma/enums";
import { databaseTime, db, type Tx } from "@/lib/server/db";
import { closeSocketsOf } from "@/lib/server/ended-sessions";
import type { Announce } from "@/lib/server/handler";

/**
 * Ends logins and their sessions in all organizations, and closes their sockets after the commit. The sockets receive nothing
 * that commits later. Returns the number of ended logins.
 */
export async function endLogins(
  tx: Tx,
  announce: Pick<Announce, "after">,
  where: Prisma.LoginWhereInput,
  endedBy: SessionEnd,
): Promise<number> {
  const now = await databaseTime(tx);
  // Locks the logins, so that nobody adds a session to them.
  const logins = await tx.login.updateManyAndReturn({
    where: { AND: [where, { endedAt: null }] },
    data: { endedAt: now },
    select: { id: true },
  });
  const sessions = await tx.session.findMany({
    where: { loginId: { in: logins.map(({ id }) => id) }, revokedAt: null, expiresAt: { gt: now } },
    select: { id: true, organizationId: true },
    orderBy: { organizationId: "asc" },
  });
  const ids = sessions.map(({ id }) => id);
  // The organizations are in the order of their ids. At the commit, their proofs change in the order of these updates.
  for (const organizationId of new Set(sessions.map((session) => session.organizationId))) {
    await tx.session.updateMany({ where: { id: { in: ids }, organizationId }, data: { revokedAt: now, endedBy } });
  }
  announce.after(() => closeSocketsOf(ids));
  return logins.length;
}

/** Ends one login, because its browser signs out or signs in again. */
export async function endLogin(loginId: string): Promise<void> {
  const tasks: (() => unknown)[] = [];
  await db().$transaction((tx) => endLogins(tx, { after: (task) => tasks.push(task) }, { id: loginId }, "here"));
  for (const task of tasks) await task();
}
