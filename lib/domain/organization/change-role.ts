import type { OrganizationRole } from "@/lib/contract/person";
import { lockGroups } from "@/lib/domain/group/lock";
import { revokeWithoutRight } from "@/lib/domain/invite/revoke-without-right";
import { announceRequestsTo } from "@/lib/domain/join-request/announce";
import { addPeople } from "@/lib/domain/membership/add-people";
import { lockRestrictedRooms } from "@/lib/domain/membership/following";
import { removePeople } from "@/lib/domain/membership/remove-person";
import { lockRoom } from "@/lib/domain/room/find";
import { roomsWithWorkOf, withdrawWithoutRight } from "@/lib/domain/room/withdraw";
import { runsOrganization } from "@/lib/policy/decision";
import type { Prisma, Tx } from "@/lib/server/db";
import type { Announce, Audit } from "@/lib/server/handler";
import { becomeGuest } from "./become-guest";
import { roomsOfNewcomers } from "./rooms-of-role";

type Person = { id: string; organizationId: string };

/**
 * Gives a person a role in the organization, and adds them to the rooms that everyone with this role is in. A person who no
 * longer runs the organization leaves the restricted rooms that only their role opened to them. Every change of a role goes
 * through here. The caller has locked the organization and checked the policy. Does nothing if the person already has the role.
 */
export async function changeRole(
  tx: Tx,
  { announce, audit }: { announce: Announce; audit: Audit },
  person: Person & { role: OrganizationRole },
  { role, byId }: { role: OrganizationRole; byId: string },
): Promise<void> {
  const { id, organizationId, role: before } = person;
  if (before === role) return;
  const [ran, runs] = [runsOrganization({ role: before }), runsOrganization({ role })];
  const groupIds = role === "guest" ? await becomeGuest(tx, { announce, audit }, person, byId) : [];
  if (role !== "guest" && ran && !runs) await leaveRooms(tx, announce, person);
  else if (before === "guest") await joinRooms(tx, announce, person, roomsOfNewcomers(role));
  else if (runs && !ran) await joinRooms(tx, announce, person, [{ forAdmins: true }]);
  if (role === "guest" || (ran && !runs)) {
    await withdrawWithoutRight(tx, announce, { makerIds: [id], written: { role } });
    await revokeWithoutRight(tx, { organizationId, creatorId: id, written: { role } });
  }
  if (runs !== ran) await announceRequestsTo(tx, announce, id, runs);
  announce.person(organizationId, id, { role, ...(before === "guest" && { endsAt: null }) });
  const left = groupIds.length > 0;
  audit({
    subjectId: id,
    before: { role: before, ...(left && { groupIds }) },
    after: { role, ...(left && { groupIds: [] }) },
  });
}

async function joinRooms(tx: Tx, announce: Announce, { id, organizationId }: Person, OR: Prisma.RoomWhereInput[]) {
  const rooms = await tx.room.findMany({
    where: { organizationId, deletedAt: null, archivedAt: null, OR },
    select: { id: true, organizationId: true, forAdmins: true },
    // A transaction that waits for every room (see `waitingForRooms`) locks them in this order.
    orderBy: { id: "asc" },
  });
  for (const room of rooms) {
    await lockRoom(tx, organizationId, room.id);
    const notice = (personIds: string[]) => ({ type: "joined" as const, personIds });
    await addPeople(tx, announce, room, [id], { byId: id, notice, isFollowing: room.forAdmins });
  }
}

/** Ends the memberships that depend on the role, except in rooms that one of the person's groups opens. */
async function leaveRooms(tx: Tx, announce: Announce, { id, organizationId }: Person): Promise<void> {
  const mine = await tx.groupMember.findMany({ where: { personId: id }, select: { groupId: true } });
  // A simultaneous removal from a group waits for this lock, and then finds that the role no longer opens any room.
  await lockGroups(
    tx,
    organizationId,
    mine.map(({ groupId }) => groupId),
  );
  // Prevents joining a restricted room through the role in the meantime.
  const restricted = await lockRestrictedRooms(tx, organizationId, roomsWithWorkOf(id));
  const rooms = await tx.room.findMany({
    where: {
      id: { in: restricted.map((room) => room.id) },
      memberships: { some: { personId: id, isFollowing: true } },
      groups: { none: { group: { members: { some: { personId: id } } } } },
    },
    select: { id: true, organizationId: true },
    orderBy: { id: "asc" },
  });
  const leaving = rooms.map((room) => ({ room, personIds: [id] }));
  await removePeople(tx, announce, leaving, { byId: id, type: "left" });
}
