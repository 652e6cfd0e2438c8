import { sendInvite } from "@/lib/contract/invite";
import { mayHandleInvites } from "@/lib/policy/organization";
import { AppError } from "@/lib/server/app-error";
import { changeLogs } from "@/lib/server/announcements";
import { writeAudit } from "@/lib/server/audit";
import type { Prisma } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";
import { canMail, sendMail } from "@/lib/server/mail";
import { reach } from "@/lib/server/reach";
import { hashToken, newToken } from "@/lib/server/secret";
import { handledBy, toInvitesFor } from "./handled";
import { inviteMail } from "./mail";
import { closedReason, inviteFields, landingFields } from "./to-invite";

/** Of so many links that newer ones replaced is it known that they did. */
const maxReplaced = 50;

export default handle(sendInvite, {
  // A delivery takes seconds, so no transaction waits for it.
  mode: "none",
  // Read nothing before `allow`, so that a refusal does not reveal which invites exist.
  load: async () => ({}),
  allow: ({ actor }) => mayHandleInvites(actor),
  async run({ tx, actor, caller, input }) {
    const where = { id: input.inviteId, email: { not: null }, ...handledBy(actor) };
    const invite = await tx.invite.findFirst({ where, include: landingFields });
    if (!invite?.email) throw new AppError("not_found");
    if (closedReason(invite)) throw new AppError("gone", "This invite no longer works. Create a new one.");
    // Without a mail server, the caller gets the link, and with it the invite's rooms.
    if (!canMail() && invite.creator.id !== actor.personId)
      throw new AppError("forbidden", `Only ${invite.creator.name} can send this invite again. Create a new one.`);
    const token = newToken();
    const { tokenHash, replacedHashes, sentAt } = invite;
    const renewed = {
      tokenHash: hashToken(token),
      replacedHashes: [...replacedHashes, tokenHash].slice(-maxReplaced),
      sentAt: null,
    };
    /** Writes that the invite was sent, and the audit entry with it. */
    const complete = (whose: Prisma.InviteWhereInput, data: Prisma.InviteUpdateManyMutationInput) =>
      changeLogs(async (changes, announce) => {
        const { count } = await changes.invite.updateMany({ where: whose, data });
        if (count === 0) return;
        const { organizationId, personId: actorId } = actor;
        const entry = { act: sendInvite.name, subject: "invite", subjectId: invite.id } as const;
        await writeAudit(changes, { organizationId, actorId, address: caller.address }, [
          { ...entry, before: { sentAt: sentAt?.toISOString() ?? null }, after: { byEmail: canMail() } },
        ]);
        announce.administration(organizationId);
      });
    if (!canMail()) await complete(where, renewed);
    else {
      // The new link works from here on, because the email may arrive before the mail server answers.
      await tx.invite.updateMany({ where, data: renewed });
      const { email: to, organization, expiresAt } = invite;
      const mail = inviteMail({ to, token, inviter: actor.name, organization: organization.name, expiresAt });
      await sendMail(mail).catch(async (error: unknown) => {
        // The link that was delivered before goes on working.
        const before = { tokenHash, replacedHashes, sentAt };
        await tx.invite.updateMany({ where: { ...where, tokenHash: renewed.tokenHash }, data: before });
        throw error;
      });
      await complete({ ...where, tokenHash: renewed.tokenHash }, { sentAt: new Date() });
    }
    const sent = await tx.invite.findFirstOrThrow({ where, include: inviteFields });
    const [shown] = await toInvitesFor(tx, actor, [sent]);
    if (!shown) throw new AppError("internal");
    return { invite: shown, token: canMail() ? null : token, reach: reach() };
  },
});
