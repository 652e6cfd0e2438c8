import { resetPassword } from "@/lib/contract/session";
import { giveAttemptsBack, hashQueueOfAddress } from "@/lib/domain/session/throttle";
import { yes } from "@/lib/policy/decision";
import { AppError } from "@/lib/server/app-error";
import { db, type Tx } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";
import { hashPassword } from "@/lib/server/secret";
import { findResetLink } from "./find-link";
import { lockAccount } from "./lock";
import { setPassword } from "./set";

export default handle(resetPassword, {
  mode: "none",
  load: async () => ({}),
  allow: () => yes,
  async run({ input, caller, announce }) {
    const { accountId } = await requireOpenLink(input.token);
    const passwordHash = await hashPassword(input.password, hashQueueOfAddress(caller.address));
    const { email } = await db().$transaction(async (tx) => {
      // Reads the link again under the lock, because another request may have used this link or another link of the account.
      await lockAccount(tx, accountId);
      const { id } = await requireOpenLink(input.token, tx);
      await tx.passwordReset.update({ where: { id }, data: { usedAt: new Date() } });
      return setPassword(tx, announce, accountId, passwordHash);
    });
    await giveAttemptsBack(email, caller.address);
    return { email };
  },
});

/** Finds the link. Throws `gone` if it does not work. */
async function requireOpenLink(token: string, tx?: Tx): Promise<{ id: string; accountId: string }> {
  const link = await findResetLink(token, tx);
  if (link.state !== "open")
    throw new AppError("gone", "This link has already been used or has expired. Ask an admin for a new one.");
  return link;
}
