import type { RoomInvite } from "@/lib/contract/room-invite";
import { stateAt } from "@/lib/policy/room-invite";
import type { Prisma } from "@/lib/server/db";

const named = { select: { id: true, name: true, picture: true } } as const;

/** The relations that `toRoomInvite` needs. */
export const roomInviteFields = {
  room: { select: { name: true, access: true, emoji: true, picture: true, archivedAt: true } },
  person: named,
  inviter: named,
} satisfies Prisma.RoomInviteInclude;

export type RoomInviteRow = Prisma.RoomInviteGetPayload<{ include: typeof roomInviteFields }>;

/** Presents an invite to `readerId`, who is the invited person or the sender. */
export function toRoomInvite(row: RoomInviteRow, readerId: string): RoomInvite {
  const { id, person, inviter, note, createdAt, expiresAt, personTick, inviterTick } = row;
  const state = stateAt(row, new Date());
  return {
    id,
    state,
    room: { id: row.roomId, ...roomOf(row, state) },
    person,
    inviter,
    note,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    tick: readerId === row.personId ? personTick : inviterTick,
  };
}

/**
 * The room as the invite shows it. An ended invite has no picture, because the reader may not be allowed to see the room. For the
 * same reason, an ended invite of an older version has no name.
 */
function roomOf({ roomName, roomAccess, room }: RoomInviteRow, state: RoomInvite["state"]) {
  const ended = { name: "", access: "private" as const, emoji: null, picture: null, archivedAt: null };
  const { name, access, emoji, picture, archivedAt } = state === "pending" ? room : ended;
  return { name: roomName ?? name ?? "", access: roomAccess ?? access, emoji, picture, archived: archivedAt !== null };
}
