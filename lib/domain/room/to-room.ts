import type { Room } from "@/lib/contract/room";
import type { MembershipSubject, RoomSubject } from "@/lib/policy/room";
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

interface Standing extends Pick<RoomSubject, "bansAsker"> {
  membership: MembershipSubject | null;
}

/**
 * Reads a room for someone who has just changed it. From outside a private room, and if they are banned, they do not see its topic
 * and description.
 */
export async function readChangedRoom(
  tx: Tx,
  { id, bansAsker }: { id: string } & Pick<RoomSubject, "bansAsker">,
  membership: MembershipSubject | null,
): Promise<Room> {
  const row = await tx.room.findUniqueOrThrow({ where: { id }, include: roomFields });
  return withoutTopic(toRoom(row), { membership, ...(bansAsker && { bansAsker }) });
}

/** The room without its topic and description, if whoever runs it may not read it. */
export const withoutTopic = (room: Room, { membership, ...standing }: Standing): Room =>
  maySeeTopic({ ...room, ...standing }, membership) ? room : { ...room, topic: "", description: "" };
