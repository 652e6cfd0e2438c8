import { showInvite } from "@/lib/contract/invite";
import { yes } from "@/lib/policy/decision";
import { mayEnter, mayUseInvite } from "@/lib/policy/organization";
import type { Caller } from "@/lib/server/actor";
import type { Tx } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";
import { hashToken } from "@/lib/server/secret";
import { findEntering } from "./entering";
import { findByLink } from "./find-by-link";
import { roomsInviterMayAddTo } from "./rooms";
import { standingIn } from "./standing";
import type { LandingRow } from "./to-invite";

export default handle(showInvite, {
  load: ({ tx, input }) => findByLink(tx, hashToken(input.token)),
  allow: () => yes,
  async run({ tx, caller, subject: { closed, invite } }) {
    if (closed !== null) return { state: closed };
    const { organizationId, creator: inviter } = invite;
    const roomIds = invite.rooms.map(({ room }) => room.id);
    const asker = { personId: inviter.id, role: inviter.role, rules: inviter.organization };
    const rooms = await roomsInviterMayAddTo(tx, organizationId, asker, roomIds);
    if (invite.role === "guest" && rooms.length === 0) return { state: "revoked" as const };
    const accountId = await accountOf(tx, caller);
    const standing = accountId ? await standingIn(tx, accountId, organizationId) : "none";
    return {
      state: "open" as const,
      standing,
      obstacle: accountId && standing === "none" ? await obstacleFor(tx, accountId, invite) : null,
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

/** Why an account can't join with an invite, as `invite.join` would answer. Null if it can. */
async function obstacleFor(tx: Tx, accountId: string, invite: LandingRow): Promise<string | null> {
  const where = { id: accountId };
  const decisions = [
    mayUseInvite(await tx.account.findUniqueOrThrow({ where, select: { email: true } }), invite),
    mayEnter(await findEntering(tx, accountId, invite)),
  ];
  return decisions.find((decision) => !decision.ok)?.reason ?? null;
}

/** The account that the caller is signed in to, even if they have no session in any organization. */
async function accountOf(tx: Tx, { actor, login }: Caller): Promise<string | null> {
  if (actor) {
    const where = { id: actor.personId };
    return (await tx.person.findUniqueOrThrow({ where, select: { accountId: true } })).accountId;
  }
  // The cookie can outlive its login.
  return login && (await tx.login.count({ where: { id: login.loginId, endedAt: null } })) > 0 ? login.accountId : null;
}
