import type { RoomInvite } from "@/lib/contract/room-invite";
import { stateAt } from "@/lib/policy/room-invite";
import type { Prisma } from "@/lib/server/db";

const named = { select: { id: true, name: true, picture: true } } as const;

/** What `toRoomInvite` needs besides the row. */
export const roomInviteFields = {
  room: { select: { name: true, access: true, emoji: true, picture: true, archivedAt: true } },
  person: named,
  inviter: named,
} satisfies Prisma.RoomInviteInclude;

export type RoomInviteRow = Prisma.RoomInviteGetPayload<{ include: typeof roomInviteFields }>;

/** An invite as `readerId` receives it, who is invited or sent it. */
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

/** What the invite says about its room. An ended one has no picture, and no name if it is of an older version, because the reader may not know it. */
function roomOf({ roomName, roomAccess, room }: RoomInviteRow, state: RoomInvite["state"]) {
  const ended = { name: "", access: "private" as const, emoji: null, picture: null, archivedAt: null };
  const { name, access, emoji, picture, archivedAt } = state === "pending" ? room : ended;
  return { name: roomName ?? name ?? "", access: roomAccess ?? access, emoji, picture, archived: archivedAt !== null };
}
