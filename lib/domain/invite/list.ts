import { listInvites } from "@/lib/contract/invite";
import { mayManageInvites } from "@/lib/policy/organization";
import { handle } from "@/lib/server/handler";
import { newestFirst, readPage } from "../page";
import { inviteParts, presentInvite } from "./present";

export default handle(listInvites, {
  load: async () => ({}),
  allow: ({ actor }) => mayManageInvites(actor),
  async run({ tx, actor, input }) {
    const { organizationId } = actor;
    const { rows, next } = await readPage(newestFirst, input, ({ where, ...part }) =>
      tx.invite.findMany({ where: { ...where, organizationId }, include: inviteParts, ...part }),
    );
    return { invites: rows.map(presentInvite), next };
  },
});
