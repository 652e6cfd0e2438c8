import { showGroup } from "@/lib/contract/group";
import { mayManageGroups } from "@/lib/policy/organization";
import { handle } from "@/lib/server/handler";
import { findGroupFor } from "./find";
import { toGroup } from "./to-group";

export default handle(showGroup, {
  load: ({ tx, actor, input }) => findGroupFor(tx, actor, input.groupId),
  allow: ({ actor }) => mayManageGroups(actor),
  async run({ tx, actor, subject }) {
    const groupId = subject.id;
    const rooms = await tx.room.findMany({
      where: { groups: { some: { groupId } } },
      select: {
        id: true,
        name: true,
        groups: { where: { groupId: { not: groupId } }, select: { group: { select: { name: true } } } },
      },
      orderBy: [{ nameOrder: "asc" }, { id: "asc" }],
    });
    const roomId = { in: rooms.map(({ id }) => id) };
    const counts = await tx.membership.groupBy({ by: ["roomId"], where: { roomId, isCounted: true }, _count: true });
    return {
      group: await toGroup(tx, actor, subject),
      rooms: rooms.map(({ id, name, groups }) => ({
        id,
        name: name ?? "",
        memberCount: counts.find((count) => count.roomId === id)?._count ?? 0,
        otherGroups: groups.map(({ group }) => group.name).toSorted(),
      })),
    };
  },
});
