import type { RoomInvite } from "@/lib/contract/room-invite";
import { stateAt } from "@/lib/policy/room-invite";
import type { Prisma } from "@/lib/server/db";

const named = { select: { id: true, name: true, picture: true } } as const;

/** What `toRoomInvite` needs besides the row. */
export const roomInviteFields = {
  room: { select: { id: true, name: true, access: true } },
  person: named,
  inviter: named,
} satisfies Prisma.RoomInviteInclude;

export type RoomInviteRow = Prisma.RoomInviteGetPayload<{ include: typeof roomInviteFields }>;

/** An invite as `readerId` receives it, who is invited or sent it. */
export function toRoomInvite(row: RoomInviteRow, readerId: string): RoomInvite {
  const { id, room, person, inviter, note, createdAt, expiresAt, personTick, inviterTick } = row;
  return {
    id,
    state: stateAt(row, new Date()),
    room: { ...room, name: room.name ?? "" },
    person,
    inviter,
    note,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    tick: readerId === row.personId ? personTick : inviterTick,
  };
}
