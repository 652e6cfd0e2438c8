import { changePassword } from "@/lib/contract/session";
import { tryPassword } from "@/lib/domain/session/throttle";
import { yes } from "@/lib/policy/decision";
import { isValidSession } from "@/lib/server/actor";
import { AppError } from "@/lib/server/app-error";
import { db } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";
import { hashPassword, verifyPassword } from "@/lib/server/secret";
import { lockIfPasswordUnchanged } from "./lock";
import { setPassword } from "./set";

const wrongPassword = () =>
  new AppError("forbidden", "That's not your password.", { current: "That's not your password." });

export default handle(changePassword, {
  // Passwords are hashed and compared before the transaction, so that no connection is in use meanwhile.
  mode: "none",
  load: ({ tx, actor }) => tx.account.findFirst({ where: { people: { some: { id: actor.personId } } } }),
  allow: () => yes,
  async run({ actor, caller, input, subject: account, announce }) {
    const { id, email, passwordHash: verifiedHash } = account;
    const passwordHash = await tryPassword(caller, { email, account, sessionId: actor.sessionId }, async (hashQueue) =>
      (await verifyPassword(verifiedHash, input.current, hashQueue)) ? hashPassword(input.next, hashQueue) : null,
    );
    if (passwordHash === null) throw wrongPassword();
    await db().$transaction(async (tx) => {
      // If two changes run at once, the first may have changed the password, or ended the session of the second.
      const isUnchanged = await lockIfPasswordUnchanged(tx, id, verifiedHash);
      if (!(await isValidSession(tx, actor.sessionId))) throw new AppError("unauthenticated");
      if (!isUnchanged) throw wrongPassword();
      await setPassword(tx, announce, id, passwordHash, actor.sessionId);
    });
    return {};
  },
});
