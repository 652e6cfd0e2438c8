import { leaveOrganization } from "@/lib/contract/own-organizations";
import { emptyDrafts } from "@/lib/domain/draft/empty";
import { announceGroups } from "@/lib/domain/group/of-person";
import { revokeWithoutRight } from "@/lib/domain/invite/revoke-without-right";
import { endWaiting, lockGroupsAndRooms, noGroupsAndRooms, setCounted } from "@/lib/domain/membership/counted";
import { removePeople } from "@/lib/domain/membership/remove-person";
import { endSessionsOf } from "@/lib/domain/person/end-sessions";
import { isAlone, isLastOwner } from "@/lib/domain/person/find-administered";
import { withdrawWithoutRight } from "@/lib/domain/room/withdraw";
import { mayLeaveOrganization } from "@/lib/policy/organization";
import { findActorIn } from "@/lib/server/actor";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { lockOrganization } from "./lock";

/**
 * Leaving deactivates the person and takes away their rooms and groups. They keep their direct messages, their bans and the name under
 * which they wrote, for when an invite brings them back (`enterOrganization`).
 */
export default handle(leaveOrganization, {
  async load({ tx, actor: { organizationId, sessionId } }) {
    // Changes of roles and access run one at a time, so that the last two owners can't both leave.
    await lockOrganization(tx, organizationId);
    const asker = await findActorIn(tx, sessionId);
    if (!asker) throw new AppError("unauthenticated");
    const person = { id: asker.personId, organizationId, role: asker.role };
    const isLast = await isLastOwner(tx, person);
    const isOnly = isLast && (await isAlone(tx, person));
    // The last owner may not leave, and takes no locks, so that they cannot delay others.
    const places = isLast ? noGroupsAndRooms : await lockGroupsAndRooms(tx, person);
    return { person, isLastOwner: isLast, isAlone: isOnly, places };
  },
  allow: ({ subject }) => mayLeaveOrganization(subject),
  async run({ tx, actor: { organizationId }, subject: { person, places }, announce, audit }) {
    const { id, role } = person;
    const now = new Date();
    const written = { deactivatedAt: now };
    await revokeWithoutRight(tx, { organizationId, creatorId: id, written });
    const links = { organizationId, OR: [{ personId: id }, { makerId: id }], usedAt: null };
    await tx.passwordReset.updateMany({ where: links, data: { usedAt: now } });
    await endSessionsOf(tx, announce, id);
    const rooms = await tx.room.findMany({
      where: { id: { in: places.roomIds }, kind: "channel", memberships: { some: { personId: id } } },
      select: { id: true, organizationId: true },
      orderBy: { id: "asc" },
    });
    // All memberships are locked in order, those of direct messages too.
    await tx.$executeRaw`
      SELECT 1 FROM "Membership" WHERE "personId" = ${id}::uuid AND "roomId" = ANY(${places.roomIds}::uuid[])
      ORDER BY "roomId" FOR UPDATE`;
    const leaving = rooms.map((room) => ({ room, personIds: [id] }));
    await removePeople(tx, announce, leaving, { byId: id, type: "left" });
    // Their direct messages stay theirs.
    await setCounted(tx, announce, person, places, false);
    if (places.groupIds.length > 0) {
      await tx.groupMember.deleteMany({ where: { personId: id } });
      await announceGroups(tx, announce, organizationId, places.groupIds, [id]);
    }
    await withdrawWithoutRight(tx, announce, { makerIds: [id], written });
    await endWaiting(tx, announce, id);
    await emptyDrafts(tx, announce, id);
    announce.person(organizationId, id, { ...written, leftAt: now });
    audit({ subjectId: id, before: { role, left: false }, after: { left: true } });
    return {};
  },
});
