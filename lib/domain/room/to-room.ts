import type { Room } from "@/lib/contract/room";
import type { Prisma } from "@/lib/server/db";

/** What `toRoom` needs besides the row. Only for one room: in a list, Prisma would count the members of every room. */
export const roomFields = {
  groups: { select: { groupId: true } },
  _count: { select: { memberships: true } },
} satisfies Prisma.RoomInclude;

type RoomRow = Prisma.RoomGetPayload<{ include: typeof roomFields }>;

export function toRoom(row: RoomRow): Room {
  return {
    id: row.id,
    kind: row.kind,
    access: row.access,
    name: row.name,
    topic: row.topic,
    description: row.description,
    postingPolicy: row.postingPolicy,
    joinsEveryone: row.joinsEveryone,
    groupIds: row.groups.map((group) => group.groupId),
    memberCount: row._count.memberships,
    changedSeq: row.changedSeq,
    archivedAt: row.archivedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}
