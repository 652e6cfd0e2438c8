import { changePassword } from "@/lib/contract/session";
import { tryPassword } from "@/lib/domain/session/throttle";
import { yes } from "@/lib/policy/decision";
import { isValidLogin } from "@/lib/server/actor";
import { AppError } from "@/lib/server/app-error";
import { db } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";
import { hashPassword, verifyPassword } from "@/lib/server/secret";
import { holdsPassword } from "./hold";
import { setPassword } from "./set";

const wrong = () => new AppError("forbidden", "That's not your password.", { current: "That's not your password." });

export default handle(changePassword, {
  // Passwords are hashed and compared before the transaction, so that no connection waits for them.
  mode: "none",
  load: ({ tx, actor }) => tx.account.findFirst({ where: { people: { some: { id: actor.personId } } } }),
  allow: () => yes,
  async run({ actor, caller, input, subject: account, announce }) {
    const { id, email, passwordHash: verified } = account;
    const passwordHash = await tryPassword(caller, { email, account, login: actor.sessionId }, async (asker) =>
      (await verifyPassword(verified, input.current, asker)) ? hashPassword(input.next, asker) : null,
    );
    if (passwordHash === null) throw wrong();
    await db().$transaction(async (tx) => {
      // Of two changes at once, the second finds another password, or that the first ended its login.
      const isTheSame = await holdsPassword(tx, id, verified);
      if (!(await isValidLogin(tx, actor.sessionId))) throw new AppError("unauthenticated");
      if (!isTheSame) throw wrong();
      await setPassword(tx, announce, id, passwordHash, actor.sessionId);
    });
    return {};
  },
});
