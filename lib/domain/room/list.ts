import { listRooms } from "@/lib/contract/room";
import { runsOrganization, yes } from "@/lib/policy/decision";
import { literally } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";
import { findRoomFor } from "./find";
import { nameKey, presentRoom, roomParts } from "./present";

export default handle(listRooms, {
  load: async ({ tx, actor }) => ({
    groups: await tx.groupMember.findMany({ where: { personId: actor.personId }, select: { groupId: true } }),
  }),
  allow: () => yes,
  async run({ tx, actor, input, subject }) {
    const { personId, organizationId } = actor;
    const groupIds = subject.groups.map((group) => group.groupId);
    // The same rule as `mayFind`, as a condition: guests find only the rooms they are in.
    const findable =
      actor.role === "guest"
        ? []
        : [
            { access: "public" as const },
            runsOrganization(actor)
              ? { access: "restricted" as const }
              : { access: "restricted" as const, groups: { some: { groupId: { in: groupIds } } } },
          ];
    const after = input.after ? await findRoomFor(tx, actor, input.after) : null;
    const rows = await tx.room.findMany({
      where: {
        organizationId,
        kind: "channel",
        archivedAt: null,
        OR: [{ memberships: { some: { personId } } }, ...findable],
        nameKey: {
          ...(input.query && { contains: literally(nameKey(input.query)) }),
          ...(after?.room.nameKey && { gt: after.room.nameKey }),
        },
      },
      include: { groups: roomParts.groups, memberships: { where: { personId }, select: { personId: true } } },
      orderBy: { nameKey: "asc" },
      take: input.limit + 1,
    });
    const page = rows.slice(0, input.limit);
    // Counted apart: as a part of the rooms, Prisma counts the members of all rooms there are.
    const roomId = { in: page.map((row) => row.id) };
    const counts = await tx.membership.groupBy({ by: ["roomId"], where: { roomId }, _count: true });
    const countOf = new Map(counts.map((count) => [count.roomId, count._count]));
    const rooms = page.map((row) => ({
      room: presentRoom({ ...row, _count: { memberships: countOf.get(row.id) ?? 0 } }),
      joined: row.memberships.length > 0,
    }));
    return { rooms, more: rows.length > input.limit };
  },
});
