import { listInvites } from "@/lib/contract/invite";
import { mayHandleInvites } from "@/lib/policy/organization";
import { handle } from "@/lib/server/handler";
import { newestFirst, readPage } from "../page";
import { handledBy, toInvitesFor } from "./handled";
import { inviteFields } from "./to-invite";

export default handle(listInvites, {
  load: async () => ({}),
  allow: ({ actor }) => mayHandleInvites(actor),
  async run({ tx, actor, input }) {
    const { rows, next } = await readPage(newestFirst, input, ({ where, ...page }) =>
      tx.invite.findMany({ where: { AND: [handledBy(actor), where] }, include: inviteFields, ...page }),
    );
    return { invites: await toInvitesFor(tx, actor, rows), next };
  },
});
