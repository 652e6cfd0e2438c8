import { listGroups } from "@/lib/contract/person";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";
import { pageByName } from "../page-by-name";

export default handle(listGroups, {
  load: async () => ({}),
  allow: () => yes,
  async run({ tx, actor, input }) {
    const { organizationId, personId, role } = actor;
    // Guests see only the groups they are in.
    const visible = { organizationId, ...(role === "guest" && { members: { some: { personId } } }) };
    const { rows, next } = await pageByName(tx, { table: "Group", organizationId }, input, {
      names: (list) =>
        tx.group.findMany({ where: visible, select: { id: true, name: true, nameOrder: true, handle: true }, ...list }),
      rows: ({ where, ...page }) =>
        tx.group.findMany({
          where: { AND: [visible, where] },
          select: { id: true, name: true, nameOrder: true, handle: true },
          ...page,
        }),
    });
    // A separate query: as part of the other one, Prisma would count the members of every group.
    const groupId = { in: rows.map(({ id }) => id) };
    const counts = await tx.groupMember.groupBy({ by: ["groupId"], where: { groupId }, _count: true });
    const countOf = new Map(counts.map((count) => [count.groupId, count._count]));
    const groups = rows.map(({ id, name, handle: groupHandle }) => {
      return { id, name, handle: groupHandle, memberCount: countOf.get(id) ?? 0 };
    });
    return { groups, next };
  },
});
