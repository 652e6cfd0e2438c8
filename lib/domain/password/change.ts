import { changePassword } from "@/lib/contract/session";
import { yes } from "@/lib/policy/decision";
import { AppError } from "@/lib/server/app-error";
import { db } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";
import { hashPassword, verifyPassword } from "@/lib/server/secret";
import { setPassword } from "./set";

export default handle(changePassword, {
  // Passwords are hashed and compared before the transaction, so that no connection waits for them.
  mode: "none",
  load: ({ tx, actor }) => tx.account.findFirst({ where: { people: { some: { id: actor.personId } } } }),
  allow: () => yes,
  async run({ actor, input, subject: account, announce }) {
    if (!(await verifyPassword(account.passwordHash, input.current))) {
      throw new AppError("forbidden", "That is not your password.", { current: "That is not your password." });
    }
    const passwordHash = await hashPassword(input.next);
    await db().$transaction((tx) => setPassword(tx, announce, account.id, passwordHash, actor.sessionId));
    return {};
  },
});
