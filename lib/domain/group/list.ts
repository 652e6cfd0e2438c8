import { listGroups } from "@/lib/contract/person";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";

export default handle(listGroups, {
  load: async () => ({}),
  allow: () => yes,
  async run({ tx, actor }) {
    // Guests see only the groups they are in.
    const mine = actor.role === "guest" ? { members: { some: { personId: actor.personId } } } : {};
    const rows = await tx.group.findMany({
      where: { organizationId: actor.organizationId, ...mine },
      select: { id: true, name: true, handle: true, _count: { select: { members: true } } },
      orderBy: { handle: "asc" },
      take: 500,
    });
    return { groups: rows.map(({ _count, ...group }) => ({ ...group, memberCount: _count.members })) };
  },
});
