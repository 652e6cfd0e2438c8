import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import { acceptInvite } from "@/lib/contract/invite";
import { lockIfPasswordUnchanged } from "@/lib/domain/password/lock";
import { addSession, lockLogin } from "@/lib/domain/session/add-session";
import { tryPassword } from "@/lib/domain/session/throttle";
import { yes } from "@/lib/policy/decision";
import { AppError } from "@/lib/server/app-error";
import { db, type Tx } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";
import { hashPassword, hashToken, verifyPassword } from "@/lib/server/secret";
import { enterOrganization, requireOpenInvite } from "./enter";

type AcceptInput = z.output<typeof acceptInvite.input>;

export default handle(acceptInvite, {
  async prepare({ input, caller }) {
    const invite = await requireOpenInvite(db(), hashToken(input.token));
    if (invite.email !== null && invite.email !== input.email)
      throw new AppError("conflict", undefined, { email: `This invite is for ${invite.email}. Join with that email.` });
    const account = await db().account.findUnique({ where: { email: input.email } });
    // Every call counts as one attempt and computes one hash, so that its duration does not reveal whether the email has an
    // account.
    const passwordHash = await tryPassword(caller, { email: input.email, account }, async (hashQueue) => {
      if (!account) return hashPassword(input.password, hashQueue);
      return (await verifyPassword(account.passwordHash, input.password, hashQueue)) ? account.passwordHash : null;
    });
    if (passwordHash === null) throw wrongPassword();
    return passwordHash;
  },
  load: async () => ({}),
  allow: () => yes,
  async run({ tx, input, caller, prepared: passwordHash, announce }) {
    const { accountId, ...person } = await enterOrganization(tx, announce, hashToken(input.token), {
      name: input.name,
      findAccount: () => findOrCreateAccount(tx, { ...input, passwordHash }),
    });
    const { login } = caller;
    if (login?.accountId === accountId && (await lockLogin(tx, login.loginId)))
      await addSession(tx, { id: uuidv7(), loginId: login.loginId, person, caller });
    return { organizationId: person.organizationId, personId: person.id, handle: person.organization.handle };
  },
});

const wrongPassword = () =>
  new AppError("conflict", undefined, {
    email: "This email can't join with that password. If it already has an account, use that account's password.",
  });

async function findOrCreateAccount(tx: Tx, { email, passwordHash }: AcceptInput & { passwordHash: string }) {
  const { id } =
    (await tx.account.findUnique({ where: { email } })) ??
    (await tx.account.create({ data: { id: uuidv7(), email, passwordHash } }));
  // If this account was created or its password changed after `prepare`, the password in the input was not verified.
  if (!(await lockIfPasswordUnchanged(tx, id, passwordHash))) throw wrongPassword();
  return id;
}
