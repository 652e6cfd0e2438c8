import { listMembers } from "@/lib/contract/membership";
import type { RoomRole } from "@/lib/contract/room";
import { personFields, presentPerson } from "@/lib/domain/person/present";
import { findRoomFor } from "@/lib/domain/room/find";
import { foundPage, inOrderOf, narrowed } from "../found-page";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";

export default handle(listMembers, {
  load: ({ tx, actor, input }) => findRoomFor(tx, actor, input.roomId),
  allow: () => yes,
  async run({ tx, input, subject }) {
    const { roomId } = input;
    const select = { role: true, joinedAt: true, personId: true, person: { select: personFields } } as const;
    const orderBy = [{ person: { name: "asc" as const } }, { personId: "asc" as const }];
    const total = subject.room._count.memberships;
    if (input.query) {
      const few = narrowed(input.query);
      const names = await tx.membership.findMany({
        where: { roomId, ...(few && { person: { OR: [{ name: few.contains }, { handle: few.contains }] } }) },
        select: { person: { select: { id: true, name: true, handle: true } } },
        orderBy,
        ...(few && { take: few.take }),
      });
      const people = names.map(({ person }) => person);
      const { ids, more } = foundPage(people, input.query, (person) => [person.name, person.handle], input);
      const rows = await tx.membership.findMany({ where: { roomId, personId: { in: ids } }, select });
      return { members: inOrderOf(ids, rows, ({ personId }) => personId).map(presentMember), more, total };
    }
    const after = input.after
      ? await tx.person.findFirst({ where: { id: input.after, memberships: { some: { roomId } } } })
      : null;
    const rows = await tx.membership.findMany({
      where: {
        roomId,
        ...(after && {
          person: { OR: [{ name: { gt: after.name } }, { name: after.name, id: { gt: after.id } }] },
        }),
      },
      select,
      orderBy,
      take: input.limit + 1,
    });
    return { members: rows.slice(0, input.limit).map(presentMember), more: rows.length > input.limit, total };
  },
});

type MemberRow = { role: RoomRole; joinedAt: Date; person: Parameters<typeof presentPerson>[0] };

const presentMember = ({ person, role, joinedAt }: MemberRow) => ({
  person: presentPerson(person),
  role,
  joinedAt: joinedAt.toISOString(),
});
