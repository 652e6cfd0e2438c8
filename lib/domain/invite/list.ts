import { listInvites } from "@/lib/contract/invite";
import { mayManageInvites } from "@/lib/policy/organization";
import { handle } from "@/lib/server/handler";
import { newestFirst, readPage } from "../page";
import { inviteFields, toInvite } from "./to-invite";

export default handle(listInvites, {
  load: async () => ({}),
  allow: ({ actor }) => mayManageInvites(actor),
  async run({ tx, actor, input }) {
    const { organizationId } = actor;
    const { rows, next } = await readPage(newestFirst, input, ({ where, ...page }) =>
      tx.invite.findMany({ where: { ...where, organizationId }, include: inviteFields, ...page }),
    );
    return { invites: rows.map(toInvite), next };
  },
});
