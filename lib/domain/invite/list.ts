import { listInvites } from "@/lib/contract/invite";
import { mayManageInvites } from "@/lib/policy/organization";
import { handle } from "@/lib/server/handler";
import { inviteParts, presentInvite } from "./present";

export default handle(listInvites, {
  load: async () => ({}),
  allow: ({ actor }) => mayManageInvites(actor),
  async run({ tx, actor, input }) {
    const { organizationId } = actor;
    const after = input.after ? await tx.invite.findFirst({ where: { id: input.after, organizationId } }) : null;
    // Ids (UUIDv7) are in the order of their creation.
    const rows = await tx.invite.findMany({
      where: { organizationId, ...(after && { id: { lt: after.id } }) },
      include: inviteParts,
      orderBy: { id: "desc" },
      take: input.limit + 1,
    });
    return { invites: rows.slice(0, input.limit).map(presentInvite), more: rows.length > input.limit };
  },
});
