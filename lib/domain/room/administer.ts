import { administerRooms, type RoomSort } from "@/lib/contract/room-administration";
import { mayAdministerRooms } from "@/lib/policy/room-settings";
import type { Actor } from "@/lib/server/actor";
import { Prisma, type Tx } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";
import { byNumber, decodeCursor, toPage } from "../page";
import { pageByName } from "../page-by-name";
import { latestMessageAt } from "./figures";
import { rowToRoom } from "./room-json";
import { withoutTopic } from "./to-room";

const include = { groups: { select: { groupId: true } }, figures: { select: { messages: true } } } as const;
type Row = Prisma.RoomGetPayload<{ include: typeof include }>;

export default handle(administerRooms, {
  load: async () => ({}),
  allow: ({ actor }) => mayAdministerRooms(actor),
  async run({ tx, actor, input }) {
    const { organizationId } = actor;
    const { query, access, state, groupId, openableToGroupId, only, roomId, sort } = input;
    const where = {
      organizationId,
      kind: "channel",
      deletedAt: null,
      ...(roomId && { id: roomId }),
      ...(access && { access }),
      ...(state === "open" && { archivedAt: null }),
      ...(state === "archived" && { archivedAt: { not: null } }),
      ...(groupId && { groups: { some: { groupId } } }),
      AND: openableToGroupId ? [openableTo(openableToGroupId, actor)] : [],
      ...(only === "default" && { OR: [{ joinsEveryone: true }, { isDefault: true }] }),
      ...(only === "notDefault" && { joinsEveryone: false, isDefault: false }),
    } satisfies Prisma.RoomWhereInput;
    const { rows, next } =
      query || roomId || sort === "name"
        ? await pageByName(tx, { table: "Room", organizationId }, input, {
            names: (list) => tx.room.findMany({ where, select: { id: true, name: true, nameOrder: true }, ...list }),
            rows: (page) => tx.room.findMany({ ...page, where: { AND: [where, page.where] }, include }),
          })
        : await pageByFigure(tx, actor, { ...input, sort });
    return { rooms: await describe(tx, actor, rows), next, total: await tx.room.count({ where }) };
  },
});

/** The same rule as the policy `maySetAccess`, as a database condition. */
const openableTo = (groupId: string, { personId }: Actor) =>
  ({
    groups: { none: { groupId } },
    archivedAt: null,
    joinsEveryone: false,
    OR: [{ memberships: { some: { personId } } }, { access: { not: "private" }, bans: { none: { personId } } }],
  }) satisfies Prisma.RoomWhereInput;

const openableToSql = (
  groupId: string,
  { personId }: Actor,
) => Prisma.sql`r."archivedAt" IS NULL AND NOT r."joinsEveryone"
  AND NOT EXISTS (SELECT 1 FROM "RoomGroup" g WHERE g."roomId" = r.id AND g."groupId" = ${groupId}::uuid)
  AND (EXISTS (SELECT 1 FROM "Membership" m WHERE m."roomId" = r.id AND m."personId" = ${personId}::uuid)
    OR r.access <> 'private' AND NOT EXISTS (
      SELECT 1 FROM "Ban" b WHERE b."roomId" = r.id AND b."personId" = ${personId}::uuid))`;

/** The value that each sort compares, highest first. A room that was never counted has 0. */
const figures: Readonly<Record<Exclude<RoomSort, "name">, Prisma.Sql>> = {
  people: Prisma.sql`coalesce(f.people, 0)`,
  messages: Prisma.sql`coalesce(f.messages, 0)`,
  activity: Prisma.sql`coalesce(extract(epoch FROM f."lastMessageAt") * 1000, 0)`,
};

interface FigurePage {
  sort: Exclude<RoomSort, "name">;
  access?: string | undefined;
  state?: string | undefined;
  groupId?: string | undefined;
  openableToGroupId?: string | undefined;
  only?: "default" | "notDefault" | undefined;
  after?: string | undefined;
  limit: number;
}

/** Reads one page of rooms, sorted by a figure. */
async function pageByFigure(
  tx: Tx,
  actor: Actor,
  { sort, access, state, groupId, openableToGroupId, only, after, limit }: FigurePage,
) {
  const figure = Prisma.sql`(${figures[sort]})::float8`;
  const [value, id] = after === undefined ? [null, null] : decodeCursor(byNumber.position, after);
  const conditions = [
    Prisma.sql`r."organizationId" = ${actor.organizationId}::uuid AND r.kind = 'channel' AND r."deletedAt" IS NULL`,
    ...(access ? [Prisma.sql`r.access = ${access}::"RoomAccess"`] : []),
    ...(state ? [state === "open" ? Prisma.sql`r."archivedAt" IS NULL` : Prisma.sql`r."archivedAt" IS NOT NULL`] : []),
    ...(groupId
      ? [Prisma.sql`EXISTS (SELECT 1 FROM "RoomGroup" g WHERE g."roomId" = r.id AND g."groupId" = ${groupId}::uuid)`]
      : []),
    ...(openableToGroupId ? [openableToSql(openableToGroupId, actor)] : []),
    ...(only ? [Prisma.sql`(r."joinsEveryone" OR r."isDefault") = ${only === "default"}`] : []),
    ...(id === null ? [] : [Prisma.sql`(${figure}, r.id) < (${value}::float8, ${id}::uuid)`]),
  ];
  const found = await tx.$queryRaw<{ id: string; value: number }[]>`
    SELECT r.id, ${figure} AS value FROM "Room" r LEFT JOIN "RoomFigures" f ON f."roomId" = r.id
    WHERE ${Prisma.join(conditions, " AND ")} ORDER BY 2 DESC, r.id DESC LIMIT ${limit + 1}`;
  const page = toPage(byNumber, found, limit);
  const rows = await tx.room.findMany({ where: { id: { in: page.rows.map((row) => row.id) } }, include });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return { rows: page.rows.flatMap((row) => byId.get(row.id) ?? []), next: page.next };
}

/**
 * Adds the actor's role, the groups, the time of the latest message, and the numbers of members and messages to the rooms of one
 * page.
 */
async function describe(tx: Tx, { personId }: Actor, rows: Row[]) {
  const roomIds = rows.map(({ id }) => id);
  const ofRooms = { roomId: { in: roomIds }, isCounted: true };
  const counts = await tx.membership.groupBy({ by: ["roomId"], where: ofRooms, _count: true });
  const countOf = new Map(counts.map(({ roomId, _count }) => [roomId, _count]));
  const mine = await tx.membership.findMany({
    where: { personId, roomId: { in: roomIds } },
    select: { roomId: true, role: true },
  });
  const bans = await tx.ban.findMany({ where: { personId, roomId: { in: roomIds } }, select: { roomId: true } });
  const latest = await latestMessageAt(tx, roomIds);
  return rows.map(({ groups, figures: counted, ...row }) => {
    const membership = mine.find(({ roomId }) => roomId === row.id) ?? null;
    const groupIds = groups.map((group) => group.groupId);
    const bansAsker = bans.some(({ roomId }) => roomId === row.id);
    const room = rowToRoom({ ...row, groupIds, memberCount: countOf.get(row.id) ?? 0 });
    return {
      room: withoutTopic(room, { membership, bansAsker }),
      role: membership?.role ?? null,
      banned: bansAsker,
      lastMessageAt: latest.get(row.id)?.toISOString() ?? null,
      messages: counted?.messages ?? 0,
    };
  });
}
