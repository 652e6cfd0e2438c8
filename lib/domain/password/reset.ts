import { resetPassword } from "@/lib/contract/session";
import { yes } from "@/lib/policy/decision";
import { AppError } from "@/lib/server/app-error";
import { db } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";
import { hashPassword, hashToken } from "@/lib/server/secret";
import { setPassword } from "./set";

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
      select: { person: { select: { account: { select: { id: true, _count: { select: { people: true } } } } } } },
    });
    const account = reset?.person.account;
    // The admins of an organization it has led into since did not agree to this link.
    if (!account || account._count.people > 1) throw gone();
    const passwordHash = await hashPassword(input.password);
    return db().$transaction(async (tx) => {
      // Of two who use it at once, or two links of one account, one does.
      await tx.$queryRaw`SELECT 1 FROM "Account" WHERE id = ${account.id}::uuid FOR NO KEY UPDATE`;
      const used = await tx.passwordReset.updateMany({ where: open, data: { usedAt: new Date() } });
      if (used.count === 0) throw gone();
      return setPassword(tx, announce, account.id, passwordHash);
    });
  },
});
