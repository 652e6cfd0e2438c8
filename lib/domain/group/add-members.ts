import { addGroupMembers } from "@/lib/contract/group";
import { requireKnownPeople } from "@/lib/domain/person/visible";
import { mayBeInGroup, mayManageGroups } from "@/lib/policy/organization";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { findGroupFor } from "./find";
import { announceGroups } from "./of-person";
import { toGroup } from "./to-group";

export default handle(addGroupMembers, {
  load: ({ tx, actor, input }) => findGroupFor(tx, actor, input.groupId, { change: true }),
  allow: ({ actor }) => mayManageGroups(actor),
  async run({ tx, actor, input, subject, announce, audit }) {
    const { id: groupId, organizationId } = subject;
    await requireKnownPeople(tx, actor, input.personIds);
    const people = await tx.person.findMany({
      where: { id: { in: input.personIds }, groups: { none: { groupId } } },
      select: { id: true, role: true },
    });
    for (const { role } of people) {
      const decision = mayBeInGroup(role);
      if (!decision.ok) throw new AppError(decision.code, decision.reason);
    }
    const ids = people.map(({ id }) => id);
    if (ids.length > 0) {
      await tx.groupMember.createMany({ data: ids.map((personId) => ({ organizationId, groupId, personId })) });
      audit({ subjectId: groupId, after: { personIds: ids } });
      await announceGroups(tx, announce, organizationId, [groupId], ids);
    }
    return toGroup(tx, actor, subject);
  },
});
