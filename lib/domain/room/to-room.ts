import type { Room } from "@/lib/contract/room";
import type { Prisma } from "@/lib/server/db";
import { rowToRoom } from "./room-json";

/** What `toRoom` needs besides the row. Use it for one room only: for a list, Prisma would count the members of every room. */
export const roomFields = {
  groups: { select: { groupId: true } },
  _count: { select: { memberships: true } },
} satisfies Prisma.RoomInclude;

type RoomRow = Prisma.RoomGetPayload<{ include: typeof roomFields }>;

export function toRoom({ groups, _count, ...row }: RoomRow): Room {
  return rowToRoom({ ...row, groupIds: groups.map(({ groupId }) => groupId), memberCount: _count.memberships });
}
