import type { Invite, InviteLanding } from "@/lib/contract/invite";
import { mayStillInvite } from "@/lib/policy/organization";
import { rulesColumns } from "@/lib/server/actor";
import type { Prisma } from "@/lib/server/db";

/** The invite's creator with their current role, which decides whether the invite works. */
const creator = {
  select: { id: true, name: true, role: true, deactivatedAt: true, organization: { select: rulesColumns } },
} as const;

export const inviteFields = {
  creator,
  rooms: { select: { room: { select: { id: true, name: true } } } },
  groups: { select: { group: { select: { id: true, name: true } } } },
  usedBy: { select: { person: { select: { id: true, name: true } } }, orderBy: { usedAt: "desc" }, take: 20 },
} satisfies Prisma.InviteInclude;

export type InviteRow = Prisma.InviteGetPayload<{ include: typeof inviteFields }>;

/** `isRoomless`: the invite is for guests and no longer leads into any room. */
export function toInvite(row: InviteRow, isRoomless = false): Invite {
  return {
    id: row.id,
    role: row.role,
    email: row.email,
    sentAt: row.sentAt?.toISOString() ?? null,
    guestEndsAt: row.guestEndsAt?.toISOString() ?? null,
    maxUses: row.maxUses,
    uses: row.uses,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
    closed: closedReason(row) ?? (isRoomless ? "roomless" : null),
    createdAt: row.createdAt.toISOString(),
    creator: { id: row.creator.id, name: row.creator.name },
    rooms: row.rooms.map(({ room }) => room),
    groups: row.groups.map(({ group }) => group),
    usedBy: row.usedBy.map(({ person }) => person),
  };
}

/** The fields for the invite's page and for accepting the invite. */
export const landingFields = {
  creator,
  organization: { select: { id: true, name: true, picture: true } },
  rooms: { select: { room: true } },
  groups: { select: { groupId: true } },
} satisfies Prisma.InviteInclude;

export type LandingRow = Prisma.InviteGetPayload<{ include: typeof landingFields }>;

type Terms = Pick<LandingRow, "revokedAt" | "creator" | "role" | "expiresAt" | "guestEndsAt" | "maxUses" | "uses">;

/** Why an invite does not work, or null if it works. `enterOrganization` checks the number of uses again when it counts a use. */
export function closedReason(row: Terms): "revoked" | "expired" | "used_up" | null {
  if (row.revokedAt) return "revoked";
  const ends = [row.expiresAt, row.guestEndsAt];
  if (ends.some((end) => end && end.getTime() <= Date.now())) return "expired";
  if (row.maxUses !== null && row.uses >= row.maxUses) return "used_up";
  // If the inviter may no longer invite, the invite counts as revoked.
  return mayStillInvite(row.creator, row.role).ok ? null : "revoked";
}

/** Why a link does not work. `replaced`: the invite was sent again, with another link. */
export type ClosedLink = Exclude<InviteLanding["state"], "open">;
