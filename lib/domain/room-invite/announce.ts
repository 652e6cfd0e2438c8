import type { RoomInviteState } from "@/lib/contract/room-invite";
import type { Prisma, Tx } from "@/lib/server/db";
import type { Announce } from "@/lib/server/handler";
import { roomInviteFields, type RoomInviteRow, toRoomInvite } from "./to-room-invite";

/** Announces an invite's new state to the invited person and to its sender. */
export function announceRoomInvite(announce: Announce, row: RoomInviteRow): void {
  for (const id of [row.personId, row.inviterId]) announce.me(id, { type: "invite", invite: toRoomInvite(row, id) });
}

/** The most invites of a room that are announced when the room changes. The others are read when somebody opens them. */
const maxAnnounced = 500;

/** Announces a room's pending invites, because what they say about the room has changed. */
export async function announceInvitesTo(tx: Tx, announce: Announce, roomId: string): Promise<void> {
  const rows = await tx.roomInvite.findMany({
    where: { roomId, state: "pending" },
    include: roomInviteFields,
    orderBy: { id: "desc" },
    take: maxAnnounced,
  });
  for (const row of rows) announceRoomInvite(announce, row);
}

/**
 * Ends those of these invites that are pending, and announces them. What has expired becomes `expired` instead. The caller has
 * locked the room.
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
