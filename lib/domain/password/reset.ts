import { resetPassword } from "@/lib/contract/session";
import { giveTriesBack, strangerAt } from "@/lib/domain/session/throttle";
import { yes } from "@/lib/policy/decision";
import { mayResetStill } from "@/lib/policy/organization";
import { AppError } from "@/lib/server/app-error";
import { db, type Tx } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";
import { hashPassword, hashToken } from "@/lib/server/secret";
import { lockAccount } from "./hold";
import { setPassword } from "./set";

export default handle(resetPassword, {
  mode: "none",
  load: async () => ({}),
  allow: () => yes,
  async run({ input, caller, announce }) {
    const tokenHash = hashToken(input.token);
    const { accountId } = await openReset(db(), tokenHash);
    const passwordHash = await hashPassword(input.password, strangerAt(caller.address));
    const { email } = await db().$transaction(async (tx) => {
      // Of two who use it at once, or two links of one account, one does. What the link may was true before the wait.
      await lockAccount(tx, accountId);
      const { id } = await openReset(tx, tokenHash);
      await tx.passwordReset.update({ where: { id }, data: { usedAt: new Date() } });
      return setPassword(tx, announce, accountId, passwordHash);
    });
    await giveTriesBack(email, caller.address);
    return { email };
  },
});

/** The link as it is now, and whose account it sets a password for; throws `gone` when it does not any more. */
async function openReset(tx: Tx, tokenHash: string): Promise<{ id: string; accountId: string }> {
  const reset = await tx.passwordReset.findFirst({
    where: { tokenHash, usedAt: null, expiresAt: { gt: new Date() }, person: { deactivatedAt: null } },
    include: {
      maker: true,
      person: { include: { account: { select: { id: true, _count: { select: { people: true } } } } } },
    },
  });
  const account = reset?.person.account;
  // The admins of an organization that the account has led into since did not agree to this link.
  if (!account || account._count.people > 1 || !mayResetStill(reset.maker, reset.person).ok)
    throw new AppError("gone", "This link is used up or has expired. Ask an admin for a new one.");
  return { id: reset.id, accountId: account.id };
}
