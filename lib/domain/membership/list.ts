import { listMembers } from "@/lib/contract/membership";
import { personFields, presentPerson } from "@/lib/domain/person/present";
import { findRoomFor } from "@/lib/domain/room/find";
import { yes } from "@/lib/policy/decision";
import { literally } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";

export default handle(listMembers, {
  load: ({ tx, actor, input }) => findRoomFor(tx, actor, input.roomId),
  allow: () => yes,
  async run({ tx, input, subject }) {
    const { roomId } = input;
    const after = input.after
      ? await tx.person.findFirst({ where: { id: input.after, memberships: { some: { roomId } } } })
      : null;
    const rows = await tx.membership.findMany({
      where: {
        roomId,
        person: {
          ...(input.query && {
            OR: [
              { name: { contains: literally(input.query), mode: "insensitive" as const } },
              { handle: { contains: literally(input.query.toLowerCase()) } },
            ],
          }),
          ...(after && { AND: [{ OR: [{ name: { gt: after.name } }, { name: after.name, id: { gt: after.id } }] }] }),
        },
      },
      select: { role: true, joinedAt: true, person: { select: personFields } },
      orderBy: [{ person: { name: "asc" } }, { personId: "asc" }],
      take: input.limit + 1,
    });
    const members = rows.slice(0, input.limit).map(({ person, role, joinedAt }) => {
      return { person: presentPerson(person), role, joinedAt: joinedAt.toISOString() };
    });
    return { members, more: rows.length > input.limit, total: subject.room._count.memberships };
  },
});
