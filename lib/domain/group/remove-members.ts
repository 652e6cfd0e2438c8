import { removeGroupMembers } from "@/lib/contract/group";
import { endClosedMemberships } from "@/lib/domain/membership/following";
import { mayManageGroups } from "@/lib/policy/organization";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { findGroupAndLockRooms } from "./find";
import { announceGroups } from "./of-person";
import { toGroup } from "./to-group";

export default handle(removeGroupMembers, {
  load: ({ tx, actor, input }) => findGroupAndLockRooms(tx, actor, input.groupId),
  allow: ({ actor }) => mayManageGroups(actor),
  async run({ tx, actor, input, subject: { group, rooms }, announce, audit }) {
    const { id: groupId, organizationId } = group;
    const ids = [...new Set(input.personIds)];
    if ((await tx.person.count({ where: { organizationId, id: { in: ids } } })) !== ids.length)
      throw new AppError("not_found");
    const members = await tx.groupMember.findMany({ where: { groupId, personId: { in: ids } } });
    const personIds = members.map(({ personId }) => personId);
    if (personIds.length > 0) {
      await tx.groupMember.deleteMany({ where: { groupId, personId: { in: personIds } } });
      await endClosedMemberships(tx, announce, rooms, personIds, actor.personId);
      audit({ subjectId: groupId, before: { personIds } });
      await announceGroups(tx, announce, organizationId, [groupId], personIds);
    }
    return toGroup(tx, actor, group);
  },
});
