import type { Invite, InviteLanding } from "@/lib/contract/invite";
import type { Prisma } from "@/lib/server/db";

export const inviteParts = {
  creator: { select: { id: true, name: true } },
  rooms: { select: { room: { select: { id: true, name: true } } } },
  groups: { select: { group: { select: { id: true, name: true } } } },
} satisfies Prisma.InviteInclude;

export type InviteRow = Prisma.InviteGetPayload<{ include: typeof inviteParts }>;

export function presentInvite(row: InviteRow): Invite {
  return {
    id: row.id,
    role: row.role,
    maxUses: row.maxUses,
    uses: row.uses,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    creator: row.creator,
    rooms: row.rooms.map(({ room }) => room),
    groups: row.groups.map(({ group }) => group),
  };
}

/** Why an invite does not work now, or null when it does. The claim itself is decided by the database. */
export function whyClosed(
  row: Pick<InviteRow, "revokedAt" | "expiresAt" | "maxUses" | "uses"> | null,
): Exclude<InviteLanding["state"], "open"> | null {
  if (!row) return "unknown";
  if (row.revokedAt) return "revoked";
  if (row.expiresAt && row.expiresAt.getTime() <= Date.now()) return "expired";
  return row.maxUses !== null && row.uses >= row.maxUses ? "used_up" : null;
}
