import { createEmailInvite } from "@/lib/contract/invite";
import { mayInviteAs } from "@/lib/policy/organization";
import { handle } from "@/lib/server/handler";
import { newToken } from "@/lib/server/secret";
import { createInviteRow, findTargets } from "./new-invite";

export default handle(createEmailInvite, {
  load: ({ tx, actor, input }) => findTargets(tx, actor, input),
  allow: ({ actor, input }) => mayInviteAs(actor, input.role),
  // Nobody knows this token. `invite.send` makes another one.
  run: ({ input, subject, ...context }) =>
    createInviteRow(context, input, subject, { token: newToken(), maxUses: 1, email: input.email }),
});
