import { showPerson } from "@/lib/contract/person";
import { runsOrganization, yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";
import { personFields, toPerson } from "./to-person";
import { peopleVisibleTo } from "./visible";

/** An answer lists at most this many groups, and at most this many rooms. */
const maxListed = 20;

export default handle(showPerson, {
  load: ({ tx, actor, input: { personId } }) =>
    tx.person.findFirst({
      where: { AND: [peopleVisibleTo(actor), { id: personId }] },
      select: { ...personFields, createdAt: true },
    }),
  allow: () => yes,
  async run({ tx, actor, subject }) {
    const { organizationId, personId, role } = actor;
    const whereInCommon = {
      organizationId,
      kind: "channel" as const,
      deletedAt: null,
      AND: [{ memberships: { some: { personId } } }, { memberships: { some: { personId: subject.id } } }],
    };
    const orderBy = [{ nameOrder: "asc" as const }, { id: "asc" as const }];
    const select = { id: true, name: true };
    // One after the other: a transaction has one connection.
    const groups = await tx.group.findMany({
      where: {
        organizationId,
        AND: [
          { members: { some: { personId: subject.id } } },
          ...(role === "guest" ? [{ members: { some: { personId } } }] : []),
        ],
      },
      select,
      orderBy,
      take: maxListed,
    });
    const rooms = await tx.room.findMany({ where: whereInCommon, select, orderBy, take: maxListed });
    const roomCount = await tx.room.count({ where: whereInCommon });
    const formerHandles = runsOrganization(actor)
      ? await tx.formerHandle.findMany({
          where: { organizationId, personId: subject.id },
          select: { handle: true },
          orderBy: { createdAt: "asc" },
        })
      : [];
    return {
      person: toPerson(subject),
      joinedAt: subject.createdAt.toISOString(),
      groups,
      rooms: rooms.map(({ id, name }) => ({ id, name: name ?? "" })),
      roomCount,
      formerHandles: formerHandles.map((row) => row.handle),
    };
  },
});
