import { listNames, type NamedPerson } from "@/lib/contract/person";
import { findRoomFor } from "@/lib/domain/room/find";
import { yes } from "@/lib/policy/decision";
import { activePerson } from "@/lib/server/actor";
import type { Prisma } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";
import { pageByName } from "../page-by-name";
import { peopleVisibleTo } from "./visible";

const select = { id: true, name: true, nameOrder: true, handle: true, role: true, tick: true } as const;

export default handle(listNames, {
  load: async ({ tx, actor, input }) => (input.roomId ? findRoomFor(tx, actor, input.roomId) : {}),
  allow: () => yes,
  async run({ tx, actor, input }) {
    const { organizationId } = actor;
    const { roomId, role } = input;
    const inRoom: Prisma.PersonWhereInput[] = roomId ? [{ memberships: { some: { roomId, isCounted: true } } }] : [];
    const wanted = [peopleVisibleTo(actor), activePerson(), ...inRoom, ...(role ? [{ role }] : [])];
    const list = (where: Prisma.PersonWhereInput[], page: object) =>
      tx.person.findMany({ where: { AND: [...wanted, ...where] }, select, ...page });
    const { rows, next } = await pageByName(tx, { table: "Person", organizationId }, input, {
      names: (page) => list([], page),
      rows: ({ where, ...page }) => list([where], page),
    });
    return { people: rows.map(({ nameOrder: _, ...person }) => person satisfies NamedPerson), next };
  },
});
