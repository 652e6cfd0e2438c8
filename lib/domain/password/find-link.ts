import { mayStillReset } from "@/lib/policy/organization";
import { db, type Tx } from "@/lib/server/db";
import { hashToken } from "@/lib/server/secret";

export type ResetLink =
  | { state: "open"; id: string; accountId: string }
  | { state: "used" | "expired" | "revoked" | "unknown" };

/** Finds a password link and the account whose password it sets. If the link does not work, returns only why (`state`). */
export async function findResetLink(token: string, tx: Tx = db()): Promise<ResetLink> {
  const reset = await tx.passwordReset.findUnique({
    where: { tokenHash: hashToken(token) },
    include: {
      maker: true,
      person: { include: { account: { select: { id: true, _count: { select: { people: true } } } } } },
    },
  });
  if (!reset) return { state: "unknown" };
  if (reset.usedAt) return { state: "used" };
  if (reset.expiresAt.getTime() <= Date.now()) return { state: "expired" };
  const { person, maker } = reset;
  // If the account has joined another organization since then, the link is revoked, because that organization's admins did not
  // agree to it.
  const isInOneOrganization = person.account?._count.people === 1;
  if (!person.account || !isInOneOrganization || person.deactivatedAt || !mayStillReset(maker, person).ok)
    return { state: "revoked" };
  return { state: "open", id: reset.id, accountId: person.account.id };
}
