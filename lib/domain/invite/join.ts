import { uuidv7 } from "uuidv7";
import { joinWithInvite } from "@/lib/contract/invite";
import { lockAccount } from "@/lib/domain/password/lock";
import { addSession, lockLogin } from "@/lib/domain/session/add-session";
import { mayUseInvite } from "@/lib/policy/organization";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { hashToken } from "@/lib/server/secret";
import { enterOrganization, requireOpenInvite } from "./enter";
import { standingIn, standingSentence } from "./standing";

export default handle(joinWithInvite, {
  async load({ tx, actor, input }) {
    const invite = await requireOpenInvite(tx, hashToken(input.token));
    const { account } = await tx.person.findUniqueOrThrow({
      where: { id: actor.personId },
      select: { account: { select: { id: true, email: true } } },
    });
    if (!account) return null;
    const { organizationId, email } = invite;
    const standing = await standingIn(tx, account.id, organizationId);
    return { account, email, standing, organizationId };
  },
  allow: ({ subject: { account, email } }) => mayUseInvite(account, { email }),
  async run({ tx, actor, input, subject: { account, standing, organizationId }, caller, announce }) {
    if (standing === "deactivated" || standing === "ended") throw new AppError("forbidden", standingSentence[standing]);
    if (standing === "member")
      return tx.organization.findUniqueOrThrow({ where: { id: organizationId }, select: { handle: true } });
    const person = await enterOrganization(tx, announce, hashToken(input.token), {
      name: actor.name,
      findAccount: async () => {
        if ((await lockAccount(tx, account.id)) === null) throw new AppError("not_found");
        return account.id;
      },
    });
    // A browser's login gets a session in the new organization. A program's token has no login.
    const session = await tx.session.findUnique({ where: { id: actor.sessionId }, select: { loginId: true } });
    const loginId = session?.loginId;
    if (loginId && (await lockLogin(tx, loginId))) await addSession(tx, { id: uuidv7(), loginId, person, caller });
    return { handle: person.organization.handle };
  },
});
