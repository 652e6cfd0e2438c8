import { createInvite } from "@/lib/contract/invite";
import { mayInviteAs } from "@/lib/policy/organization";
import { handle } from "@/lib/server/handler";
import { reach } from "@/lib/server/reach";
import { newToken } from "@/lib/server/secret";
import { createInviteRow, findTargets } from "./new-invite";

export default handle(createInvite, {
  load: ({ tx, actor, input }) => findTargets(tx, actor, input),
  allow: ({ actor, input }) => mayInviteAs(actor, input.role),
  async run({ input, subject, ...context }) {
    const token = newToken();
    const invite = await createInviteRow(context, input, subject, { token, maxUses: input.maxUses, email: null });
    return { invite, token, reach: reach() };
  },
});
