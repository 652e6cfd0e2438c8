import { browsePeople } from "@/lib/contract/person";
import { yes } from "@/lib/policy/decision";
import { type Actor, activePerson } from "@/lib/server/actor";
import type { Prisma } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";
import { activePeopleIn } from "@/lib/server/presence";
import { pageByName } from "../page-by-name";
import { personFields, toPerson } from "./to-person";
import { peopleVisibleTo } from "./visible";

export default handle(browsePeople, {
  load: async () => ({}),
  allow: () => yes,
  async run({ tx, actor, input }) {
    const { organizationId } = actor;
    const { role, groupId } = input;
    // Not in the statements, because thousands of people may be active.
    const active = input.presence === "active" ? new Set(activePeopleIn(organizationId)) : null;
    const isWanted = ({ id }: { id: string }) => active?.has(id) ?? true;
    const where: Prisma.PersonWhereInput = {
      AND: [
        peopleVisibleTo(actor),
        activePerson(),
        ...(role ? [{ role }] : []),
        ...(groupId ? [inGroup(actor, groupId)] : []),
      ],
    };
    const { rows, next } = await pageByName(tx, { table: "Person", organizationId }, input, {
      async names(list) {
        const select = { id: true, name: true, nameOrder: true, handle: true } as const;
        return (await tx.person.findMany({ where, select, ...list })).filter(isWanted);
      },
      async rows({ where: onPage, orderBy, take }) {
        const select = { ...personFields, nameOrder: true } as const;
        const matching = { where: { AND: [where, onPage] }, orderBy };
        if (!active) return tx.person.findMany({ ...matching, take, select });
        const ids = (await tx.person.findMany({ ...matching, select: { id: true } })).filter(isWanted).slice(0, take);
        return tx.person.findMany({ where: { id: { in: ids.map(({ id }) => id) } }, orderBy, select });
      },
    });
    const total = active
      ? (await tx.person.findMany({ where, select: { id: true } })).filter(isWanted).length
      : await tx.person.count({ where });
    return { people: rows.map(toPerson), next, total };
  },
});

/** Matches the people in a group. A guest who is not in it finds nobody, because groups of others do not exist for them. */
function inGroup({ personId, role }: Actor, groupId: string): Prisma.PersonWhereInput {
  const known = role === "guest" ? { group: { members: { some: { personId } } } } : {};
  return { groups: { some: { groupId, ...known } } };
}
