import { listPeople } from "@/lib/contract/person";
import { findRoomFor } from "@/lib/domain/room/find";
import { yes } from "@/lib/policy/decision";
import { activePerson } from "@/lib/server/actor";
import { handle } from "@/lib/server/handler";
import { pageByName } from "../page-by-name";
import { peopleToWriteTo, peopleVisibleTo } from "./visible";
import { personFields, toPerson } from "./to-person";

export default handle(listPeople, {
  load: async ({ tx, actor, input }) =>
    input.notInRoomId ? findRoomFor(tx, actor, input.notInRoomId, { administer: true }) : {},
  allow: () => yes,
  async run({ tx, actor, input }) {
    const { organizationId } = actor;
    const wanted = input.for === "direct" ? [peopleToWriteTo(actor)] : [];
    const outside = input.notInRoomId ? [activePerson(), { memberships: { none: { roomId: input.notInRoomId } } }] : [];
    const visible = {
      AND: [peopleVisibleTo(actor), ...wanted, ...outside],
      ...(input.ids && { id: { in: input.ids } }),
    };
    const pageRequest = { ...input, limit: input.ids?.length ?? input.limit };
    const { rows, next } = await pageByName(tx, { table: "Person", organizationId }, pageRequest, {
      names: (list) =>
        tx.person.findMany({
          where: { ...visible, ...activePerson() },
          select: { id: true, name: true, nameOrder: true, handle: true },
          ...list,
        }),
      rows: ({ where, ...page }) =>
        tx.person.findMany({
          where: { AND: [visible, where] },
          select: { ...personFields, nameOrder: true },
          ...page,
        }),
    });
    return { people: rows.map(toPerson), next };
  },
});
