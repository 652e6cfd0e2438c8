import { listMembers } from "@/lib/contract/membership";
import { personFields, toPerson } from "@/lib/domain/person/to-person";
import { findRoomFor } from "@/lib/domain/room/find";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";
import { pageByName } from "../page-by-name";

export default handle(listMembers, {
  load: ({ tx, actor, input }) => findRoomFor(tx, actor, input.roomId, { administer: true }),
  allow: () => yes,
  async run({ tx, actor, input, subject }) {
    const { organizationId } = actor;
    const { roomId } = input;
    // Queries people, not memberships: the index on people has the order, so a page of a large room reads only its own rows.
    const inRoom = { organizationId, memberships: { some: { roomId, isCounted: true } } };
    const membership = { where: { roomId }, select: { role: true, joinedAt: true } };
    const { rows, next } = await pageByName(tx, { table: "Person", organizationId }, input, {
      names: (list) =>
        tx.person.findMany({ where: inRoom, select: { id: true, name: true, nameOrder: true, handle: true }, ...list }),
      rows: ({ where, ...page }) =>
        tx.person.findMany({
          where: { AND: [inRoom, where] },
          select: { ...personFields, nameOrder: true, memberships: membership },
          ...page,
        }),
    });
    // People who left between the two statements have no membership.
    const members = rows.flatMap(({ memberships, ...person }) =>
      memberships.map(({ role, joinedAt }) => ({
        person: toPerson(person),
        role,
        joinedAt: joinedAt.toISOString(),
      })),
    );
    return { members, next, total: subject.room._count.memberships };
  },
});
