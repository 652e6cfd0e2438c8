import { type GroupLoss, showGroupLosses } from "@/lib/contract/group";
import { mayManageGroups } from "@/lib/policy/organization";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { findGroupFor } from "./find";

export default handle(showGroupLosses, {
  load: ({ tx, actor, input }) => findGroupFor(tx, actor, input.groupId),
  allow: ({ actor }) => mayManageGroups(actor),
  async run({ tx, actor, input, subject }) {
    const groupId = subject.id;
    const { organizationId } = actor;
    const named = input.personIds && [...new Set(input.personIds)];
    if (named && (await tx.person.count({ where: { organizationId, id: { in: named } } })) !== named.length)
      throw new AppError("not_found");
    const members = await tx.groupMember.findMany({ where: { groupId }, select: { personId: true } });
    const personIds = named ?? members.map(({ personId }) => personId);
    // If the group is deleted, a room that is open to no other group becomes private, and nobody leaves it.
    const rooms = await tx.$queryRaw<GroupLoss[]>`
      SELECT r.id, r.name,
        (SELECT count(*)::int FROM "Membership" m WHERE m."roomId" = r.id AND m."personId" = ANY(p.ids) AND m."isFollowing"
          AND (${named !== undefined} OR cardinality(o.ids) > 0) AND NOT (m."personId" = ANY(k.ids))) AS losing,
        cardinality(k.ids) AS keeping,
        ARRAY(SELECT g.name FROM "Group" g WHERE g.id = ANY(o.ids) AND EXISTS (
          SELECT 1 FROM "GroupMember" x WHERE x."groupId" = g.id AND x."personId" = ANY(p.ids)) ORDER BY g.name) AS "otherGroups"
      FROM (SELECT ${personIds}::uuid[] AS ids) p
      JOIN "RoomGroup" t ON t."groupId" = ${groupId}::uuid JOIN "Room" r ON r.id = t."roomId"
      CROSS JOIN LATERAL (
        SELECT ARRAY(SELECT g."groupId" FROM "RoomGroup" g WHERE g."roomId" = r.id AND g."groupId" <> t."groupId") AS ids) o
      CROSS JOIN LATERAL (SELECT ARRAY(
        SELECT x."personId" FROM "GroupMember" x WHERE x."groupId" = ANY(o.ids) AND x."personId" = ANY(p.ids)
        UNION SELECT a.id FROM "Person" a WHERE a.id = ANY(p.ids) AND a.role IN ('owner', 'admin')) AS ids) k
      ORDER BY r."nameOrder", r.id`;
    return { rooms };
  },
});
