import { endRoomInvites } from "@/lib/domain/room-invite/announce";
import { lockGroups } from "@/lib/domain/group/lock";
import { roomsAskedBy, withdrawRequestsOf } from "@/lib/domain/join-request/announce";
import { lockOrganization } from "@/lib/domain/organization/lock";
import { lockRooms } from "@/lib/domain/room/find";
import { roomsWithWorkOf } from "@/lib/domain/room/withdraw";
import { activePerson } from "@/lib/server/actor";
import { changeLogs } from "@/lib/server/announcements";
import { db, Prisma, type Tx } from "@/lib/server/db";
import type { Announce } from "@/lib/server/handler";

interface Whom {
  id: string;
  organizationId: string;
}

/** SQL: whether person `p` can sign in, as in `activePerson`. */
const isActive = Prisma.sql`(p."deactivatedAt" IS NULL AND (p."endsAt" IS NULL OR p."endsAt" > now()))`;

/** The groups and rooms whose number of people changes with a person. */
export interface GroupsAndRooms {
  groupIds: string[];
  roomIds: string[];
}

export const noGroupsAndRooms: GroupsAndRooms = { groupIds: [], roomIds: [] };

/**
 * Locks the groups that a person is in, and all rooms that concern them: rooms that they are in, have invited others to, have
 * asked to join, or are invited to.
 */
export async function lockGroupsAndRooms(tx: Tx, { id: personId, organizationId }: Whom): Promise<GroupsAndRooms> {
  const groups = await tx.groupMember.findMany({ where: { personId }, select: { groupId: true } });
  const groupIds = groups.map(({ groupId }) => groupId);
  await lockGroups(tx, organizationId, groupIds, { change: true });
  const theirs = [
    { memberships: { some: { personId } } },
    { roomInvites: { some: { personId, state: "pending" as const } } },
    ...roomsWithWorkOf(personId),
    ...roomsAskedBy(personId),
  ];
  const rooms = await tx.room.findMany({
    where: { organizationId, OR: theirs },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  const roomIds = rooms.map(({ id }) => id);
  await lockRooms(tx, organizationId, roomIds);
  return { groupIds, roomIds };
}

/**
 * Includes a person's memberships in the member counts or excludes them, because the person can sign in again or no longer can.
 * Each affected room takes a tick without a notice. The caller has locked the organization, and these groups and rooms.
 */
export async function setCounted(
  tx: Tx,
  announce: Announce,
  person: Whom,
  { groupIds, roomIds }: GroupsAndRooms,
  isCounted: boolean,
): Promise<void> {
  const changed = await tx.$queryRaw<{ roomId: string }[]>`
    WITH changed AS MATERIALIZED (
      SELECT "roomId" FROM "Membership"
      WHERE "personId" = ${person.id}::uuid AND "roomId" = ANY(${roomIds}::uuid[]) AND "isCounted" <> ${isCounted}
      ORDER BY "roomId" FOR NO KEY UPDATE)
    UPDATE "Membership" m SET "isCounted" = ${isCounted} FROM changed
    WHERE m."personId" = ${person.id}::uuid AND m."roomId" = changed."roomId" RETURNING m."roomId"`;
  const changedIds = changed.map(({ roomId }) => roomId);
  await tx.$executeRaw`
    UPDATE "Room" SET clock = clock + 1, "changedSeq" = clock + 1 WHERE id = ANY(${changedIds}::uuid[])`;
  for (const id of changedIds) announce.room(id);
  if (groupIds.length > 0) announce.organization(person.organizationId, groupIds);
}

/**
 * Ends the pending requests and invites of a person who can no longer sign in, so that nothing adds them to a room. The caller
 * has locked the rooms (`lockGroupsAndRooms`).
 */
export async function endWaiting(tx: Tx, announce: Announce, personId: string): Promise<void> {
  await withdrawRequestsOf(tx, announce, personId);
  await endRoomInvites(tx, announce, Prisma.sql`i."personId" = ${personId}::uuid`, "withdrawn");
}

/** People in one sweep. The others follow in the next one. */
const batch = 100;

/**
 * Corrects the memberships of people who are counted although they can no longer sign in, or the other way round: guests whose
 * access has ended, and people who were added to a room or asked to join one during their deactivation. With `organizationId`,
 * only in that organization.
 */
export async function sweepCounted(organizationId: string | null = null): Promise<void> {
  const people = await db().$queryRaw<Whom[]>`
    SELECT w.id, w."organizationId" FROM (
      SELECT p.id, p."organizationId" FROM "Person" p WHERE NOT ${isActive} AND EXISTS (
        SELECT 1 FROM "Membership" m WHERE m."personId" = p.id AND m."isCounted")
      UNION
      SELECT p.id, p."organizationId" FROM "JoinRequest" q JOIN "Person" p ON p.id = q."personId"
      WHERE q.state = 'pending' AND NOT ${isActive}
      UNION
      SELECT p.id, p."organizationId" FROM "Membership" m JOIN "Person" p ON p.id = m."personId"
      WHERE NOT m."isCounted" AND ${isActive}) w
    WHERE ${organizationId}::uuid IS NULL OR w."organizationId" = ${organizationId}::uuid
    LIMIT ${batch}`;
  for (const person of people)
    await changeLogs(async (tx, announce) => {
      await lockOrganization(tx, person.organizationId);
      const isCounted = (await tx.person.count({ where: { id: person.id, ...activePerson() } })) > 0;
      await setCounted(tx, announce, person, await lockGroupsAndRooms(tx, person), isCounted);
      if (!isCounted) await endWaiting(tx, announce, person.id);
    });
}
