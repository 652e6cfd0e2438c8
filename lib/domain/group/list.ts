import { listGroups } from "@/lib/contract/group";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";
import { pageByName } from "../page-by-name";
import { toGroups } from "./to-group";

export default handle(listGroups, {
  load: async () => ({}),
  allow: () => yes,
  async run({ tx, actor, input }) {
    const { organizationId, personId, role } = actor;
    // Guests see only the groups that they are in.
    const visible = {
      organizationId,
      ...(input.ids && { id: { in: input.ids } }),
      ...((role === "guest" || input.among === "mine") && { members: { some: { personId } } }),
    };
    const select = { id: true, name: true, nameOrder: true, handle: true };
    const { rows, next } = await pageByName(tx, { table: "Group", organizationId }, input, {
      names: (list) => tx.group.findMany({ where: visible, select, ...list }),
      rows: ({ where, ...page }) => tx.group.findMany({ where: { AND: [visible, where] }, select, ...page }),
    });
    return { groups: await toGroups(tx, actor, rows), next };
  },
});
