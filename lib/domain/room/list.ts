import { listRooms } from "@/lib/contract/room";
import { runsOrganization, yes } from "@/lib/policy/decision";
import type { Prisma } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";
import { foundPage, inOrderOf, narrowed } from "../found-page";
import { findRoomFor } from "./find";
import { presentRoom, roomParts } from "./present";

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
    const mine = {
      organizationId,
      kind: "channel" as const,
      archivedAt: null,
      OR: [{ memberships: { some: { personId } } }, ...findable],
    } satisfies Prisma.RoomWhereInput;
    const orderBy = { nameKey: "asc" as const };
    const include = { groups: roomParts.groups, memberships: { where: { personId }, select: { personId: true } } };
    const byName = async () => {
      const after = input.after ? await findRoomFor(tx, actor, input.after) : null;
      const where = { ...mine, ...(after?.room.nameKey && { nameKey: { gt: after.room.nameKey } }) };
      const rows = await tx.room.findMany({ where, include, orderBy, take: input.limit + 1 });
      return { page: rows.slice(0, input.limit), more: rows.length > input.limit };
    };
    const byQuery = async (query: string) => {
      const few = narrowed(query);
      const where = few ? { ...mine, name: few.contains } : mine;
      const names = await tx.room.findMany({
        where,
        select: { id: true, name: true },
        orderBy,
        ...(few && { take: few.take }),
      });
      const { ids, more } = foundPage(names, query, ({ name }) => [name ?? ""], input);
      const rows = await tx.room.findMany({ where: { organizationId, id: { in: ids } }, include });
      return { page: inOrderOf(ids, rows, ({ id }) => id), more };
    };
    const { page, more } = await (input.query ? byQuery(input.query) : byName());
    // A query of its own: within the other one, Prisma would count the members of every room.
    const roomId = { in: page.map((row) => row.id) };
    const counts = await tx.membership.groupBy({ by: ["roomId"], where: { roomId }, _count: true });
    const countOf = new Map(counts.map((count) => [count.roomId, count._count]));
    const rooms = page.map((row) => ({
      room: presentRoom({ ...row, _count: { memberships: countOf.get(row.id) ?? 0 } }),
      joined: row.memberships.length > 0,
    }));
    return { rooms, more };
  },
});
