import type { GuestLosses } from "@/lib/contract/person-administration";
import { lockAllGroups } from "@/lib/domain/group/lock";
import { announceGroups } from "@/lib/domain/group/of-person";
import { changeRoomRole } from "@/lib/domain/membership/change-role";
import { lockRestrictedRooms } from "@/lib/domain/membership/following";
import { removePeople } from "@/lib/domain/membership/remove-person";
import { roomsAskedBy, withdrawRequestsOf } from "@/lib/domain/join-request/announce";
import { roomsWithWorkOf } from "@/lib/domain/room/withdraw";
import type { Tx } from "@/lib/server/db";
import type { Announce, Audit } from "@/lib/server/handler";

/** What a person loses when they become a guest. A guest is in no group, holds no role in a room, and is not in General. */
export async function guestLosses(tx: Tx, personId: string): Promise<GuestLosses> {
  const groups = await tx.group.findMany({
    where: { members: { some: { personId } } },
    select: { id: true, name: true },
    orderBy: [{ nameOrder: "asc" }, { id: "asc" }],
  });
  const rooms = await tx.$queryRaw<GuestLosses["rooms"]>`
    SELECT r.id, coalesce(r.name, '') AS name, m.role, (r."joinsEveryone" OR m."isFollowing") AS leaves
    FROM "Membership" m JOIN "Room" r ON r.id = m."roomId"
    WHERE m."personId" = ${personId}::uuid AND (r."joinsEveryone" OR m."isFollowing" OR m.role <> 'member')
    ORDER BY r."nameOrder", r.id`;
  return { groups, rooms };
}

/**
 * Takes away what a guest can't have. The person stays in public rooms, and in rooms to which someone added them. Returns the ids
 * of the groups that they left. The caller has locked the organization, and changes the role itself.
 */
export async function becomeGuest(
  tx: Tx,
  { announce, audit }: { announce: Announce; audit: Audit },
  { id: personId, organizationId }: { id: string; organizationId: string },
  byId: string,
): Promise<string[]> {
  // With these locks, the person cannot enter a group or room, or get a role in a room, in the meantime.
  await lockAllGroups(tx, organizationId);
  const theirs = [{ memberships: { some: { personId } } }, ...roomsWithWorkOf(personId), ...roomsAskedBy(personId)];
  await lockRestrictedRooms(tx, organizationId, theirs);
  const { groups, rooms } = await guestLosses(tx, personId);
  const ids = rooms.map(({ id }) => id);
  await tx.$executeRaw`
    SELECT 1 FROM "Membership" WHERE "personId" = ${personId}::uuid AND "roomId" = ANY(${ids}::uuid[])
    ORDER BY "roomId" FOR UPDATE`;
  const leaving = rooms
    .filter(({ leaves }) => leaves)
    .map(({ id }) => ({ room: { id, organizationId }, personIds: [personId] }));
  await removePeople(tx, announce, leaving, { byId, type: "removed" });
  for (const { id, role, leaves } of rooms)
    if (!leaves)
      await changeRoomRole(
        tx,
        { announce, audit },
        { id, organizationId },
        { personId, role },
        { role: "member", byId },
      );
  // Guests can't ask to join rooms.
  await withdrawRequestsOf(tx, announce, personId);
  const groupIds = groups.map(({ id }) => id);
  if (groupIds.length > 0) {
    await tx.groupMember.deleteMany({ where: { personId } });
    await announceGroups(tx, announce, organizationId, groupIds, [personId]);
  }
  return groupIds;
}
