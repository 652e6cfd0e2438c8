import { revokeInvite } from "@/lib/contract/invite";
import { mayHandleInvites } from "@/lib/policy/organization";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { handledBy, toInvitesFor } from "./handled";
import { closedReason, inviteFields } from "./to-invite";

export default handle(revokeInvite, {
  // Reads nothing before `allow`, so that a refusal does not reveal which invites exist.
  load: async () => ({}),
  allow: ({ actor }) => mayHandleInvites(actor),
  async run({ tx, actor, input, audit }) {
    const where = { id: input.inviteId, ...handledBy(actor) };
    const found = await tx.invite.findFirst({ where, include: inviteFields });
    if (!found) throw new AppError("not_found");
    // An expired or used-up invite stays as it is.
    const data = { revokedAt: new Date() };
    const { count } = closedReason(found)
      ? { count: 0 }
      : await tx.invite.updateMany({ where: { ...where, revokedAt: null }, data });
    const row = count > 0 ? { ...found, ...data } : found;
    if (count > 0) audit({ subjectId: row.id, before: { revoked: false }, after: { revoked: true } });
    const [invite] = await toInvitesFor(tx, actor, [row]);
    if (!invite) throw new AppError("internal");
    return invite;
  },
});
