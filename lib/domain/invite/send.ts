import { sendInvite } from "@/lib/contract/invite";
import { mayHandleInvites } from "@/lib/policy/organization";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { canMail, sendMail } from "@/lib/server/mail";
import { reach } from "@/lib/server/reach";
import { hashToken, newToken } from "@/lib/server/secret";
import { handledBy, toInvitesFor } from "./handled";
import { inviteMail } from "./mail";
import { closedReason, inviteFields, landingFields } from "./to-invite";

export default handle(sendInvite, {
  // A delivery takes seconds, so no transaction waits for it.
  mode: "none",
  // Read nothing before `allow`, so that a refusal does not reveal which invites exist.
  load: async () => ({}),
  allow: ({ actor }) => mayHandleInvites(actor),
  async run({ tx, actor, input }) {
    const where = { id: input.inviteId, email: { not: null }, ...handledBy(actor) };
    const include = { ...landingFields, organization: { select: { name: true } } };
    const invite = await tx.invite.findFirst({ where, include });
    if (!invite?.email) throw new AppError("not_found");
    if (closedReason(invite)) throw new AppError("gone", "This invite no longer works. Create a new one.");
    // Without a mail server, the caller gets the link, and with it the invite's rooms.
    if (!canMail() && invite.creator.id !== actor.personId)
      throw new AppError("forbidden", `Only ${invite.creator.name} can send this invite again. Create a new one.`);
    const token = newToken();
    // The new link works from here on, because the email may arrive before the mail server answers.
    await tx.invite.updateMany({ where, data: { tokenHash: hashToken(token), sentAt: null } });
    if (canMail()) {
      const { email: to, organization, expiresAt } = invite;
      const mail = inviteMail({ to, token, inviter: actor.name, organization: organization.name, expiresAt });
      await sendMail(mail).catch(async (error: unknown) => {
        // The link that was delivered before goes on working.
        const { tokenHash, sentAt } = invite;
        await tx.invite.updateMany({ where: { ...where, tokenHash: hashToken(token) }, data: { tokenHash, sentAt } });
        throw error;
      });
      await tx.invite.updateMany({ where: { ...where, tokenHash: hashToken(token) }, data: { sentAt: new Date() } });
    }
    const sent = await tx.invite.findFirstOrThrow({ where, include: inviteFields });
    const [shown] = await toInvitesFor(tx, actor, [sent]);
    if (!shown) throw new AppError("internal");
    return { invite: shown, token: canMail() ? null : token, reach: reach() };
  },
});
