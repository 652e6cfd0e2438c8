import { showInvite } from "@/lib/contract/invite";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";
import { hashToken } from "@/lib/server/secret";
import { inviteParts, whyClosed } from "./present";

export default handle(showInvite, {
  load: async ({ tx, input }) => ({
    invite: await tx.invite.findUnique({
      where: { tokenHash: hashToken(input.token) },
      include: { ...inviteParts, organization: { select: { name: true } } },
    }),
  }),
  allow: () => yes,
  async run({ subject: { invite } }) {
    const closed = whyClosed(invite);
    if (closed || !invite) return { state: closed ?? ("unknown" as const) };
    const rooms = invite.rooms.flatMap(({ room }) => room.name ?? []);
    return {
      state: "open" as const,
      organization: invite.organization.name,
      inviter: invite.creator.name,
      role: invite.role,
      rooms,
    };
  },
});
