import { listPeople } from "@/lib/contract/person";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";
import { foundPage, inOrderOf, narrowed } from "../found-page";
import { knownTo } from "./known";
import { personFields, presentPerson } from "./present";

export default handle(listPeople, {
  load: async () => ({}),
  allow: () => yes,
  async run({ tx, actor, input }) {
    const known = { ...knownTo(actor), ...(input.ids && { id: { in: input.ids } }) };
    const limit = input.ids ? input.ids.length : input.limit;
    const orderBy = [{ name: "asc" as const }, { id: "asc" as const }];
    if (input.query) {
      const few = narrowed(input.query);
      const names = await tx.person.findMany({
        where: {
          ...known,
          deactivatedAt: null,
          ...(few && { AND: [{ OR: [{ name: few.contains }, { handle: few.contains }] }] }),
        },
        select: { id: true, name: true, handle: true },
        orderBy,
        ...(few && { take: few.take }),
      });
      const { after } = input;
      const { ids, more } = foundPage(names, input.query, (person) => [person.name, person.handle], { after, limit });
      const found = await tx.person.findMany({
        where: { organizationId: actor.organizationId, id: { in: ids } },
        select: personFields,
      });
      return { people: inOrderOf(ids, found, ({ id }) => id).map(presentPerson), more };
    }
    const after = input.after ? await tx.person.findFirst({ where: { ...known, id: input.after } }) : null;
    const rows = await tx.person.findMany({
      where: {
        ...known,
        ...(after && { AND: [{ OR: [{ name: { gt: after.name } }, { name: after.name, id: { gt: after.id } }] }] }),
      },
      select: personFields,
      orderBy,
      take: limit + 1,
    });
    return { people: rows.slice(0, limit).map(presentPerson), more: rows.length > limit };
  },
});
