import { listPeople } from "@/lib/contract/person";
import { yes } from "@/lib/policy/decision";
import { literally } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";
import { knownTo } from "./known";
import { personFields, presentPerson } from "./present";

export default handle(listPeople, {
  load: async () => ({}),
  allow: () => yes,
  async run({ tx, actor, input }) {
    const known = knownTo(actor);
    const after = input.after ? await tx.person.findFirst({ where: { ...known, id: input.after } }) : null;
    const query = input.query && {
      deactivatedAt: null,
      OR: [
        { name: { contains: literally(input.query), mode: "insensitive" as const } },
        { handle: { contains: literally(input.query.replace(/^@/, "").toLowerCase()) } },
      ],
    };
    const rows = await tx.person.findMany({
      where: {
        ...known,
        ...(input.ids && { id: { in: input.ids } }),
        AND: [
          query || {},
          after ? { OR: [{ name: { gt: after.name } }, { name: after.name, id: { gt: after.id } }] } : {},
        ],
      },
      select: personFields,
      orderBy: [{ name: "asc" }, { id: "asc" }],
      take: (input.ids ? input.ids.length : input.limit) + 1,
    });
    const limit = input.ids ? input.ids.length : input.limit;
    return { people: rows.slice(0, limit).map(presentPerson), more: rows.length > limit };
  },
});
