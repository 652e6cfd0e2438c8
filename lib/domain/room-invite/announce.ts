import type { RoomInviteState } from "@/lib/contract/room-invite";
import type { Prisma, Tx } from "@/lib/server/db";
import type { Announce } from "@/lib/server/handler";
import { roomInviteFields, type RoomInviteRow, toRoomInvite } from "./to-room-invite";

/** Announces an invite's new state to the invited person and to its sender. */
export function announceRoomInvite(announce: Announce, row: RoomInviteRow): void {
  for (const id of [row.personId, row.inviterId]) announce.me(id, { type: "invite", invite: toRoomInvite(row, id) });
}

/** At most this many invites are announced when their rooms change. The others are up to date once someone opens them. */
const maxAnnounced = 500;

/**
 * Copies the current name and access of these rooms to their pending invites, and announces the invites. An invite whose sender
 * may no longer read the room keeps its values. The caller has locked the rooms.
 */
export async function announceInvitesTo(tx: Tx, announce: Announce, roomIds: string[]): Promise<void> {
  const changed = await tx.$queryRaw<{ id: string }[]>`
    UPDATE "RoomInvite" i SET "roomName" = r.name, "roomAccess" = r.access
    FROM "Room" r, "Person" p
    WHERE i."roomId" = ANY(${roomIds}::uuid[]) AND r.id = i."roomId" AND p.id = i."inviterId"
      AND i.state = 'pending' AND i."expiresAt" > now() AND p."deactivatedAt" IS NULL
      AND (EXISTS (SELECT 1 FROM "Membership" m WHERE m."roomId" = r.id AND m."personId" = p.id)
        OR (r.access <> 'private' AND p.role IN ('owner', 'admin')
          AND NOT EXISTS (SELECT 1 FROM "Ban" b WHERE b."roomId" = r.id AND b."personId" = p.id)))
    RETURNING i.id`;
  if (changed.length === 0) return;
  const rows = await tx.roomInvite.findMany({
    where: { id: { in: changed.map(({ id }) => id) } },
    include: roomInviteFields,
    orderBy: { id: "desc" },
    take: maxAnnounced,
  });
  for (const row of rows) announceRoomInvite(announce, row);
}

/**
 * Moves the pending ones of these invites to `state`, and announces them. An invite past its end becomes `expired` instead.
 * `invites` is SQL, a condition about invite `i`. The caller has locked the rooms.
 */
export async function endRoomInvites(
  tx: Tx,
  announce: Announce,
  invites: Prisma.Sql,
  state: Exclude<RoomInviteState, "pending">,
): Promise<void> {
  const ended = await tx.$queryRaw<{ id: string }[]>`
    UPDATE "RoomInvite" i SET "endedAt" = now(),
      state = CASE WHEN i."expiresAt" <= now() THEN 'expired' ELSE ${state}::"RoomInviteState" END
    WHERE i.state = 'pending' AND ${invites} RETURNING i.id`;
  if (ended.length === 0) return;
  const rows = await tx.roomInvite.findMany({
    where: { id: { in: ended.map(({ id }) => id) } },
    include: roomInviteFields,
  });
  for (const row of rows) announceRoomInvite(announce, row);
}
