import type { Room } from "@/lib/contract/room";
import type { MembershipSubject } from "@/lib/policy/room";
import { maySeeTopic } from "@/lib/policy/room-settings";
import type { Prisma, Tx } from "@/lib/server/db";
import { rowToRoom } from "./room-json";

/** What `toRoom` needs besides the row. Use it for one room only: for a list, Prisma would count the members of every room. */
export const roomFields = {
  groups: { select: { groupId: true } },
  _count: { select: { memberships: { where: { isCounted: true } } } },
} satisfies Prisma.RoomInclude;

type RoomRow = Prisma.RoomGetPayload<{ include: typeof roomFields }>;

export function toRoom({ groups, _count, ...row }: RoomRow): Room {
  return rowToRoom({ ...row, groupIds: groups.map(({ groupId }) => groupId), memberCount: _count.memberships });
}

/** Reads a room for someone who has just changed it. From outside a private room, they do not see its topic and description. */
export async function readChangedRoom(tx: Tx, roomId: string, membership: MembershipSubject | null): Promise<Room> {
  return withoutTopic(
    toRoom(await tx.room.findUniqueOrThrow({ where: { id: roomId }, include: roomFields })),
    membership,
  );
}

/** The room without its topic and description, if this is a private room seen from outside. */
export const withoutTopic = (room: Room, membership: MembershipSubject | null): Room =>
  maySeeTopic(room, membership) ? room : { ...room, topic: "", description: "" };
