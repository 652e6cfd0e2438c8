import { listGroupMembers } from "@/lib/contract/group";
import { personFields, toPerson } from "@/lib/domain/person/to-person";
import { mayManageGroups } from "@/lib/policy/organization";
import { activePerson } from "@/lib/server/actor";
import { handle } from "@/lib/server/handler";
import { pageByName } from "../page-by-name";
import { findGroupFor } from "./find";

export default handle(listGroupMembers, {
  load: ({ tx, actor, input }) => findGroupFor(tx, actor, input.groupId),
  allow: ({ actor }) => mayManageGroups(actor),
  async run({ tx, actor, input, subject }) {
    const { organizationId } = actor;
    const inGroup = { organizationId, ...activePerson(), groups: { some: { groupId: subject.id } } };
    const { rows, next } = await pageByName(tx, { table: "Person", organizationId }, input, {
      names: (list) =>
        tx.person.findMany({
          where: inGroup,
          select: { id: true, name: true, nameOrder: true, handle: true },
          ...list,
        }),
      rows: ({ where, ...page }) =>
        tx.person.findMany({
          where: { AND: [inGroup, where] },
          select: { ...personFields, nameOrder: true },
          ...page,
        }),
    });
    const total = await tx.groupMember.count({ where: { groupId: subject.id, person: activePerson() } });
    return { people: rows.map(toPerson), next, total };
  },
});
