import { changePassword } from "@/lib/contract/session";
import { tryPassword } from "@/lib/domain/session/throttle";
import { yes } from "@/lib/policy/decision";
import { isGoodLogin } from "@/lib/server/actor";
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
    const passwordHash = await tryPassword(caller, { email, account, login: actor.sessionId }, async (hashingFor) =>
      (await verifyPassword(verified, input.current, hashingFor)) ? hashPassword(input.next, hashingFor) : null,
    );
    if (passwordHash === null) throw wrong();
    await db().$transaction(async (tx) => {
      // If two changes run at once, the first may have changed the password, or ended the login of the second.
      const isTheSame = await holdsPassword(tx, id, verified);
      if (!(await isGoodLogin(tx, actor.sessionId))) throw new AppError("unauthenticated");
      if (!isTheSame) throw wrong();
      await setPassword(tx, announce, id, passwordHash, actor.sessionId);
    });
    return {};
  },
});
