import { administerPeople } from "@/lib/contract/person-administration";
import { hasLeft, mayAdministerPeople } from "@/lib/policy/person";
import { activePerson } from "@/lib/server/actor";
import type { Prisma } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";
import { lastSeenFirst, newestFirst, readPage } from "../page";
import { pageByName } from "../page-by-name";
import { countLogins } from "./count-logins";
import { personFields, toPerson } from "./to-person";

const select = {
  ...personFields,
  nameOrder: true,
  endsAt: true,
  leftAt: true,
  groups: { select: { group: { select: { id: true, name: true } } }, orderBy: { group: { nameOrder: "asc" } } },
} satisfies Prisma.PersonSelect;

export default handle(administerPeople, {
  load: async () => ({}),
  allow: ({ actor }) => mayAdministerPeople(actor),
  async run({ tx, actor: { organizationId }, input }) {
    const { role, groupId, status, query, sort } = input;
    const where = {
      organizationId,
      ...(role && { role }),
      ...(groupId && { groups: { some: { groupId } } }),
      ...(status === "active" && activePerson()),
      ...(status === "deactivated" && { NOT: activePerson() }),
    } satisfies Prisma.PersonWhereInput;
    const read = (page: {
      where: Prisma.PersonWhereInput;
      orderBy: Prisma.PersonOrderByWithRelationInput[];
      take: number;
    }) => tx.person.findMany({ ...page, where: { AND: [where, page.where] }, select });
    const { rows, next } =
      query || sort === "name"
        ? await pageByName(tx, { table: "Person", organizationId }, input, {
            names: (list) =>
              tx.person.findMany({ where, select: { id: true, name: true, nameOrder: true, handle: true }, ...list }),
            rows: read,
          })
        : sort === "lastSeen"
          ? await readPage(lastSeenFirst, input, read)
          : await readPage(newestFirst, input, read);
    const logins = await countLogins(
      tx,
      rows.map(({ id }) => id),
    );
    const people = rows.map((row) => ({
      person: toPerson(row),
      groups: row.groups.map(({ group }) => group),
      endsAt: row.endsAt?.toISOString() ?? null,
      leftAt: hasLeft(row) ? (row.leftAt?.toISOString() ?? null) : null,
      logins: logins.get(row.id) ?? 0,
    }));
    return { people, next, total: await tx.person.count({ where }) };
  },
});
