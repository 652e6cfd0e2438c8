import { limits } from "@/lib/contract/limits";
import type { Message } from "@/lib/contract/message";
import type { Membership, Room, RoomEntry } from "@/lib/contract/room";
import { blocksOf, isHeard, mostPassedOver, readFor, withBlocks } from "@/lib/domain/block/heard";
import { membershipColumns, withPlace } from "@/lib/domain/membership/to-membership";
import { parseMessageJson, previewColumns } from "@/lib/domain/message/to-message";
import { followKey, followsOf } from "@/lib/domain/thread/follows";
import { isShownInRoom } from "@/lib/domain/thread/shown";
import { Prisma, readAsJson, type Tx } from "@/lib/server/db";
import { parseRoomJson, roomJson } from "./room-json";

interface Row extends Membership {
  personId: string;
  /** If the rows of several people are for the same room, only the first row has the room. The others have null. */
  room: Room | null;
  clock: number;
  /** The `seq` of each of the latest unread messages, descending. */
  unread: number[];
  /** The same for those that mention the person. */
  mentions: number[];
  blocksTick: number;
  groupsTick: number;
  requestCount: number;
  lastMessage: Message | null;
}

/**
 * Reads a person's sidebar entries in one statement, for all their rooms or only for `roomIds`. A message is unread if someone
 * else wrote it after `lastReadSeq` and after the floor. Notices, deleted messages, those of people whom the person blocks, and
 * replies that the room does not show do not count. The unread mentions are those of them that mention the person.
 */
export async function entriesOf(tx: Tx, personId: string, roomIds?: string[]): Promise<RoomEntry[]> {
  const roomFilter = roomIds ? Prisma.sql`AND m."roomId" = ANY(${roomIds}::uuid[])` : Prisma.empty;
  const rows = await readAsJson<Row>(
    tx,
    roomIds ? "entries-in" : "entries",
    Prisma.sql`
    SELECT ${roomJson} AS room, ${columnsWith(blocksOf(Prisma.sql`${personId}::uuid`))}
    WHERE m."personId" = ${personId}::uuid ${roomFilter} ORDER BY m."roomId"`,
  );
  const follows = await followsOf(tx, { personIds: [personId], roomIds });
  return rows.map((row) => toEntry(row, parseRoomJson(row.room as Room), follows));
}

/**
 * Reads the entries of one room for members who meet a condition: the first `limit` of them, in the order of their person ids.
 * The condition is SQL about the membership `m` and the person `me`.
 */
export async function entriesIn(
  tx: Tx,
  roomId: string,
  { condition, limit }: { condition: Prisma.Sql; limit: number },
): Promise<Map<string, RoomEntry>> {
  // The room is the same in all entries. It is read only once, because reading it counts its members.
  const rows = await readAsJson<Row>(
    tx,
    null,
    Prisma.sql`
    SELECT CASE WHEN row_number() OVER (ORDER BY m."personId") = 1 THEN ${roomJson} END AS room, ${columnsWith(withBlocks)}
    WHERE m."roomId" = ${roomId}::uuid AND ${condition} ORDER BY m."personId" LIMIT ${limit}`,
  );
  const [first] = rows;
  if (!first) return new Map();
  const room = parseRoomJson(first.room as Room);
  const follows = await followsOf(tx, { personIds: rows.map(({ personId }) => personId), roomIds: [roomId] });
  return new Map(rows.map((row) => [row.personId, toEntry(row, { ...room }, follows)]));
}

/** SQL: whether the room of membership `m` shows message `x`, and the person has not read it in its thread. One that was moved is read in the room. */
const isUnreadInRoom = Prisma.sql`${isShownInRoom("x")} AND (x."threadId" IS NULL OR x."movedAt" IS NOT NULL OR x.seq > coalesce((
  SELECT f."lastReadSeq" FROM "ThreadFollow" f WHERE f."personId" = m."personId" AND f."threadId" = x."threadId"), 0))`;

/** SQL: the latest unread messages of membership `m`, newest first, at most `limit`. Needs `withPlace` and `withBlocks`. */
export const unreadOf = (limit: number) => Prisma.sql`(
  SELECT y.seq FROM (
    SELECT x.seq, x."authorId" FROM "Message" x
    WHERE x."roomId" = m."roomId" AND x.seq > greatest(p.place, m."floorSeq") AND x.kind <> 'notice'
      AND x."deletedAt" IS NULL AND x."authorId" IS DISTINCT FROM m."personId" AND ${isUnreadInRoom}
    ORDER BY x.seq DESC LIMIT ${readFor(limit)}) y
  WHERE ${isHeard(Prisma.sql`y."authorId"`)} ORDER BY y.seq DESC LIMIT ${limit})`;

/**
 * SQL: the latest unread messages that mention the person of membership `m`, like `unreadOf`. They are found by their targets: the
 * person, their groups, and the room. A group means those who are in it now, and were when the message was sent.
 */
const mentionsOf = (limit: number) => Prisma.sql`(
  SELECT DISTINCT x.seq FROM (
    SELECT m."personId" AS id UNION ALL SELECT m."roomId"
    UNION ALL SELECT g."groupId" FROM "GroupMember" g WHERE g."personId" = m."personId") t
  CROSS JOIN LATERAL (
    SELECT y.* FROM "Mention" y
    WHERE y."targetId" = t.id AND y."roomId" = m."roomId" AND y.seq > greatest(p.place, m."floorSeq")
    ORDER BY y.seq DESC LIMIT ${limit + mostPassedOver}) n
  JOIN "Message" x ON x."organizationId" = n."organizationId" AND x.id = n."messageId"
  WHERE x."authorId" IS DISTINCT FROM m."personId" AND ${isUnreadInRoom} AND ${isHeard(Prisma.sql`x."authorId"`)}
    AND (n.kind <> 'here' OR m."personId" = ANY(n."activeIds"))
    AND (n.kind <> 'group' OR EXISTS (
      SELECT 1 FROM "GroupMember" g WHERE g."groupId" = n."targetId" AND g."personId" = m."personId" AND g."joinedAt" <= x."createdAt"))
  ORDER BY x.seq DESC LIMIT ${limit})`;

/** SQL: the number of pending requests to join room `r` that person `me` can decide, by their membership `m`. */
export const countOfRequests = Prisma.sql`
  CASE WHEN m.role <> 'member' OR me.role IN ('owner', 'admin') THEN (
    SELECT count(*)::int FROM "JoinRequest" q WHERE q."roomId" = r.id AND q.state = 'pending') ELSE 0 END`;

/** SQL: the columns of an entry except the room, and the tables that they come from. */
const columnsWith = (blocks: Prisma.Sql) => Prisma.sql`
  m."personId", r.clock, ${membershipColumns}, blocks.tick AS "blocksTick", blocks."groupsTick",
  ARRAY${unreadOf(limits.unread)} AS unread,
  CASE WHEN r.clock > greatest(p.place, m."floorSeq") THEN ARRAY${mentionsOf(limits.unread)} ELSE '{}' END AS mentions,
  ${countOfRequests} AS "requestCount",
  (SELECT row_to_json(l) FROM (
    SELECT ${previewColumns} FROM (
      SELECT * FROM "Message" x WHERE x."roomId" = r.id AND x.seq > mine.floor AND x.kind <> 'notice' AND x."deletedAt" IS NULL
        AND ${isShownInRoom("x")}
      ORDER BY x.seq DESC LIMIT ${readFor(1)}) m
    WHERE ${isHeard(Prisma.sql`m."authorId"`)} ORDER BY m.seq DESC LIMIT 1) l) AS "lastMessage"
  FROM "Membership" m JOIN "Room" r ON r.id = m."roomId" JOIN "Person" me ON me.id = m."personId"
  CROSS JOIN LATERAL (SELECT m."floorSeq" AS floor) mine
  ${blocks} ${withPlace}`;

function toEntry(row: Row, room: Room, follows: Awaited<ReturnType<typeof followsOf>>): RoomEntry {
  const { room: _, personId: __, clock, unread, mentions, ...rest } = row;
  const { blocksTick, groupsTick, requestCount, lastMessage, ...membership } = rest;
  const last = lastMessage && parseMessageJson(lastMessage);
  const own = follows.get(followKey(row.personId, room.id));
  const counted = {
    unread: unread.toReversed(),
    mentions: mentions.toReversed(),
    blocksTick,
    groupsTick,
    requestCount,
  };
  return { room, membership, clock, ...counted, lastMessage: last, ...(own && { follows: own }) };
}
