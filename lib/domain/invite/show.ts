import { showInvite } from "@/lib/contract/invite";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";
import { hashToken } from "@/lib/server/secret";
import { landingFields, closedReason } from "./to-invite";
import { roomsInviterMayAddTo } from "./rooms";

export default handle(showInvite, {
  load: async ({ tx, input }) => ({
    invite: await tx.invite.findUnique({
      where: { tokenHash: hashToken(input.token) },
      include: { ...landingFields, organization: { select: { id: true, name: true, picture: true } } },
    }),
  }),
  allow: () => yes,
  async run({ tx, subject: { invite } }) {
    const closed = closedReason(invite);
    if (closed || !invite) return { state: closed ?? ("unknown" as const) };
    const { organizationId, creator: inviter } = invite;
    const roomIds = invite.rooms.map(({ room }) => room.id);
    const asker = { personId: inviter.id, role: inviter.role, rules: inviter.organization };
    const rooms = await roomsInviterMayAddTo(tx, organizationId, asker, roomIds);
    if (invite.role === "guest" && rooms.length === 0) return { state: "revoked" as const };
    return {
      state: "open" as const,
      organization: invite.organization,
      inviter: inviter.name,
      role: invite.role,
      rooms: rooms.flatMap(({ name }) => name ?? []),
      expiresAt: invite.expiresAt?.toISOString() ?? null,
      email: invite.email,
      guestEndsAt: invite.guestEndsAt?.toISOString() ?? null,
    };
  },
});
