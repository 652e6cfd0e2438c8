import { resetPassword } from "@/lib/contract/session";
import { revokeSessions } from "@/lib/domain/session/revoke-all";
import { yes } from "@/lib/policy/decision";
import { AppError } from "@/lib/server/app-error";
import { db } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";
import { hashPassword, hashToken } from "@/lib/server/secret";

const gone = () => new AppError("gone", "This link is used up or has expired. Ask an admin for a new one.");

export default handle(resetPassword, {
  mode: "none",
  load: async () => ({}),
  allow: () => yes,
  async run({ input, announce }) {
    const tokenHash = hashToken(input.token);
    const open = { tokenHash, usedAt: null, expiresAt: { gt: new Date() }, person: { deactivatedAt: null } };
    const reset = await db().passwordReset.findFirst({
      where: open,
      select: { person: { select: { accountId: true } } },
    });
    const accountId = reset?.person.accountId;
    if (!accountId) throw gone();
    const passwordHash = await hashPassword(input.password);
    return db().$transaction(async (tx) => {
      // Of two who use it at once, one does.
      const used = await tx.passwordReset.updateMany({ where: open, data: { usedAt: new Date() } });
      if (used.count === 0) throw gone();
      const account = await tx.account.update({
        where: { id: accountId },
        data: { passwordHash, passwordChangedAt: new Date() },
      });
      await revokeSessions(tx, announce, { person: { accountId } });
      return { email: account.email };
    });
  },
});
