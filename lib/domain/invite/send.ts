import { sendInvite } from "@/lib/contract/invite";
import { mayHandleInvites } from "@/lib/policy/organization";
import { AppError } from "@/lib/server/app-error";
import { changeLogs } from "@/lib/server/announcements";
import { writeAudit } from "@/lib/server/audit";
import { db, type Prisma, type Tx } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";
import { canMail, sendMail } from "@/lib/server/mail";
import { reach } from "@/lib/server/reach";
import { hashToken, newToken } from "@/lib/server/secret";
import { handledBy, toInvitesFor } from "./handled";
import { inviteMail } from "./mail";
import { lockInvitesFor, maxReplaced, replaceInvites } from "./replace-others";
import { closedReason, inviteFields, landingFields } from "./to-invite";

export default handle(sendInvite, {
  // Sending an email takes seconds, so no transaction stays open meanwhile.
  mode: "none",
  // Reads nothing before `allow`, so that a refusal does not reveal which invites exist.
  load: async () => ({}),
  allow: ({ actor }) => mayHandleInvites(actor),
  async run({ tx, actor, caller, input }) {
    const where = { id: input.inviteId, email: { not: null }, ...handledBy(actor) };
    const invite = await tx.invite.findFirst({ where, include: landingFields });
    if (!invite?.email) throw new AppError("not_found");
    if (closedReason(invite)) throw closed();
    // Without a mail server, the caller receives the link and could use it to enter the invite's rooms.
    if (!canMail() && invite.creator.id !== actor.personId)
      throw new AppError("forbidden", `Only ${invite.creator.name} can send this invite again. Create a new one.`);
    const token = newToken();
    const tokenHash = hashToken(token);
    const renewed = { ...where, tokenHash };
    const { email: to, organization, expiresAt } = invite;
    let replaced: string[] = [];
    /** Records when the invite was sent, revokes the invites that it replaces, and writes the audit entries. */
    const complete = ({ sentAt }: Before, data: Prisma.InviteUpdateManyMutationInput) =>
      changeLogs(async (changes, announce) => {
        const { organizationId, personId: actorId } = actor;
        const ids = await lockInvitesFor(changes, organizationId, to);
        const { count } = await changes.invite.updateMany({ where: renewed, data });
        if (count === 0) return;
        // A second invite may have been sent to the same address at this moment, and may have replaced this one.
        if (ids.includes(invite.id)) replaced = await replaceInvites(changes, actor, ids, invite.id);
        const entry = { act: sendInvite.name, subject: "invite", subjectId: invite.id } as const;
        await writeAudit(changes, { organizationId, actorId, address: caller.address }, [
          { ...entry, before: { sentAt: sentAt?.toISOString() ?? null }, after: { byEmail: canMail() } },
          ...replaced.map((id) => {
            return { ...entry, subjectId: id, before: { revoked: false }, after: { revoked: true } };
          }),
        ]);
        announce.administration(organizationId);
      });
    const before = await db().$transaction((own) => renew(own, invite.id, tokenHash));
    if (!canMail()) await complete(before, { sentAt: null });
    else {
      // The new link already works, because the email may arrive before the mail server answers.
      const mail = inviteMail({ to, token, inviter: actor.name, organization: organization.name, expiresAt });
      await sendMail(mail).catch(async (error: unknown) => {
        // Restores the previous link, which may have been delivered.
        await tx.invite.updateMany({ where: renewed, data: before });
        throw error;
      });
      await complete(before, { sentAt: new Date() });
    }
    const sent = await tx.invite.findFirstOrThrow({ where, include: inviteFields });
    const [shown] = await toInvitesFor(tx, actor, [sent]);
    if (!shown) throw new AppError("internal");
    return { invite: shown, token: canMail() ? null : token, reach: reach(), replaced: replaced.length };
  },
});

const closed = () => new AppError("gone", "This invite no longer works. Create a new one.");

type Before = Pick<Prisma.InviteGetPayload<object>, "tokenHash" | "replacedHashes" | "sentAt">;

/** Gives an invite a new link, and records that it replaces the previous one. Returns the previous values. */
async function renew(tx: Tx, id: string, tokenHash: string): Promise<Before> {
  // If two people send this invite at the same time, the second replaces the first one's link.
  await tx.$queryRaw`SELECT 1 FROM "Invite" WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  const select = { tokenHash: true, replacedHashes: true, sentAt: true } as const;
  const before = await tx.invite.findUnique({ where: { id, revokedAt: null }, select });
  // Another invite for the address was sent in the meantime and replaced this one.
  if (!before) throw closed();
  const replacedHashes = [...before.replacedHashes, before.tokenHash].slice(-maxReplaced);
  await tx.invite.update({ where: { id }, data: { tokenHash, replacedHashes, sentAt: null } });
  return before;
}
