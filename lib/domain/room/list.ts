import { listRooms } from "@/lib/contract/room";
import { runsOrganization, yes } from "@/lib/policy/decision";
import type { Prisma } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";
import { lastActiveFirst, mostPeopleFirst, readPage } from "../page";
import { pageByName } from "../page-by-name";
import { toRoom, roomFields } from "./to-room";

type Page<Where, OrderBy> = { where: Where; orderBy: OrderBy; take: number };

export default handle(listRooms, {
  load: async ({ tx, actor }) => ({
    groups: await tx.groupMember.findMany({ where: { personId: actor.personId }, select: { groupId: true } }),
  }),
  allow: () => yes,
  async run({ tx, actor, input, subject }) {
    const { personId, organizationId } = actor;
    const groupIds = subject.groups.map((group) => group.groupId);
    // The same rule as the policy `mayFind`, as a database condition. Guests find only the rooms they are in.
    const findable =
      actor.role === "guest"
        ? []
        : [
            { access: "public" as const },
            runsOrganization(actor)
              ? { access: "restricted" as const }
              : { access: "restricted" as const, groups: { some: { groupId: { in: groupIds } } } },
          ];
    const visible = {
      organizationId,
      kind: "channel" as const,
      archivedAt: null,
      bans: { none: { personId } },
      OR: [{ memberships: { some: { personId } } }, ...findable],
      ...(input.only === "joinable" && { memberships: { none: { personId } } }),
    } satisfies Prisma.RoomWhereInput;
    const include = { groups: roomFields.groups, memberships: { where: { personId }, select: { personId: true } } };
    const byFigures = <Where extends object, OrderBy extends object[]>(page: Page<Where, OrderBy>) =>
      tx.roomFigures.findMany({
        ...page,
        where: { AND: [{ organizationId, room: visible }, page.where] },
        include: { room: { include } },
      });
    const pageOfFigures = () =>
      input.sort === "people"
        ? readPage(mostPeopleFirst, input, byFigures)
        : readPage(lastActiveFirst, input, byFigures);
    const { rows, next } =
      input.query || input.sort === "name"
        ? await pageByName(tx, { table: "Room", organizationId }, input, {
            names: (list) =>
              tx.room.findMany({ where: visible, select: { id: true, name: true, nameOrder: true }, ...list }),
            rows: ({ where, ...page }) => tx.room.findMany({ where: { AND: [visible, where] }, include, ...page }),
          })
        : await pageOfFigures().then((page) => ({ ...page, rows: page.rows.map(({ room }) => room) }));
    // Counted in a separate query: within the query above, Prisma would count the members of every room.
    const roomId = { in: rows.map((row) => row.id) };
    const counts = await tx.membership.groupBy({ by: ["roomId"], where: { roomId, isCounted: true }, _count: true });
    const countsByRoom = new Map(counts.map((count) => [count.roomId, count._count]));
    const rooms = rows.map((row) => ({
      room: toRoom({ ...row, _count: { memberships: countsByRoom.get(row.id) ?? 0 } }),
      joined: row.memberships.length > 0,
    }));
    return { rooms, next };
  },
});
