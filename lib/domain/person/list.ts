import { listPeople } from "@/lib/contract/person";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";
import { pageByName } from "../page-by-name";
import { peopleVisibleTo } from "./visible";
import { personFields, presentPerson } from "./present";

export default handle(listPeople, {
  load: async () => ({}),
  allow: () => yes,
  async run({ tx, actor, input }) {
    const { organizationId } = actor;
    const known = { ...peopleVisibleTo(actor), ...(input.ids && { id: { in: input.ids } }) };
    const asked = { ...input, limit: input.ids?.length ?? input.limit };
    const { rows, next } = await pageByName(tx, { table: "Person", organizationId }, asked, {
      names: (list) =>
        tx.person.findMany({
          where: { ...known, deactivatedAt: null },
          select: { id: true, name: true, nameOrder: true, handle: true },
          ...list,
        }),
      rows: ({ where, ...part }) =>
        tx.person.findMany({
          where: { AND: [known, where] },
          select: { ...personFields, nameOrder: true },
          ...part,
        }),
    });
    return { people: rows.map(presentPerson), next };
  },
});
