import { createEmailInvite } from "@/lib/contract/invite";
import { mayInviteAs } from "@/lib/policy/organization";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { newToken } from "@/lib/server/secret";
import { createInviteRow, findTargets } from "./new-invite";
import { standingIn } from "./standing";

/** Why a person with this standing needs no invite. */
const reasons = {
  member: "They're already in this organization.",
  deactivated: "They're deactivated in this organization. An admin can reactivate them.",
  ended: "They're a guest whose access has ended. An admin can extend it.",
};

export default handle(createEmailInvite, {
  load: ({ tx, actor, input }) => findTargets(tx, actor, input),
  allow: ({ actor, input }) => mayInviteAs(actor, input.role),
  async run({ input, subject, ...context }) {
    const { tx, actor } = context;
    const account = await tx.account.findUnique({ where: { email: input.email }, select: { id: true } });
    const standing = account ? await standingIn(tx, account.id, actor.organizationId) : "none";
    if (standing !== "none") throw new AppError("conflict", undefined, { email: reasons[standing] });
    // This token is never given to anyone. `invite.send` creates the one that is sent.
    return createInviteRow(context, input, subject, { token: newToken(), maxUses: 1, email: input.email });
  },
});
