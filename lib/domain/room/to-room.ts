import type { Room } from "@/lib/contract/room";
import type { MembershipSubject, RoomSubject } from "@/lib/policy/room";
import { maySeeInside } from "@/lib/policy/room-settings";
import type { Prisma, Tx } from "@/lib/server/db";
import { rowToRoom } from "./room-json";

/** The relations that `toRoom` needs. Use this for one room only: in a list, Prisma would count the members of every room. */
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
 * Reads a room for a person who has just changed it. The topic and description are left out if the person is banned, or if the
 * room is private and they are not in it.
 */
export async function readChangedRoom(
  tx: Tx,
  { id, bansAsker }: { id: string } & Pick<RoomSubject, "bansAsker">,
  membership: MembershipSubject | null,
): Promise<Room> {
  const row = await tx.room.findUniqueOrThrow({ where: { id }, include: roomFields });
  return withoutTopic(toRoom(row), { membership, ...(bansAsker && { bansAsker }) });
}

/** Leaves out the topic and description if the reader may not see them. */
export const withoutTopic = (room: Room, { membership, ...standing }: Standing): Room =>
  maySeeInside({ ...room, ...standing }, membership) ? room : { ...room, topic: "", description: "" };
