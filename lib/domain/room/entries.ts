import { limits } from "@/lib/contract/limits";
import type { Message } from "@/lib/contract/message";
import type { Membership, Room, RoomEntry } from "@/lib/contract/room";
import { membershipColumns, withPlace } from "@/lib/domain/membership/to-membership";
import { parseMessageJson, previewColumns } from "@/lib/domain/message/to-message";
import { Prisma, type Tx } from "@/lib/server/db";
import { parseRoomJson, roomJson } from "./room-json";

interface Row extends Membership {
  personId: string;
  /** If the rows of several people are for the same room, only the first row has the room. The others have null. */
  room: Room | null;
  clock: number;
  /** The `seq` of each of the latest unread messages. */
  unread: number[];
  requestCount: number;
  lastMessage: Message | null;
}

/**
 * Reads a person's sidebar entries in one statement, for all their rooms or only for `roomIds`. A message is unread if someone
 * else wrote it after `lastReadSeq` and after the floor. Notices and deleted messages do not count.
 */
export async function entriesOf(tx: Tx, personId: string, roomIds?: string[]): Promise<RoomEntry[]> {
  const roomFilter = roomIds ? Prisma.sql`AND m."roomId" = ANY(${roomIds}::uuid[])` : Prisma.empty;
  const rows = await tx.$queryRaw<Row[]>`
    SELECT ${roomJson} AS room, ${columns} WHERE m."personId" = ${personId}::uuid ${roomFilter} ORDER BY m."roomId"`;
  return rows.map((row) => toEntry(row, parseRoomJson(row.room as Room)));
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
  const rows = await tx.$queryRaw<Row[]>`
    SELECT CASE WHEN row_number() OVER (ORDER BY m."personId") = 1 THEN ${roomJson} END AS room, ${columns}
    WHERE m."roomId" = ${roomId}::uuid AND ${condition} ORDER BY m."personId" LIMIT ${limit}`;
  const [first] = rows;
  if (!first) return new Map();
  const room = parseRoomJson(first.room as Room);
  return new Map(rows.map((row) => [row.personId, toEntry(row, { ...room })]));
}

/** SQL: the columns of an entry except the room, and the tables that they come from. */
const columns = Prisma.sql`
  m."personId", r.clock, ${membershipColumns},
  ARRAY(SELECT u.seq FROM (
    SELECT x.seq FROM "Message" x
    WHERE x."roomId" = m."roomId" AND x.seq > greatest(p.place, m."floorSeq") AND x.kind <> 'notice'
      AND x."deletedAt" IS NULL AND x."authorId" IS DISTINCT FROM m."personId"
    ORDER BY x.seq DESC LIMIT ${limits.unread}) u ORDER BY u.seq) AS unread,
  CASE WHEN m.role <> 'member' OR me.role IN ('owner', 'admin') THEN (
    SELECT count(*)::int FROM "JoinRequest" q WHERE q."roomId" = r.id AND q.state = 'pending') ELSE 0 END AS "requestCount",
  (SELECT row_to_json(l) FROM (
    SELECT ${previewColumns} FROM "Message" m WHERE m."roomId" = r.id AND m.seq > mine.floor AND m.kind <> 'notice' AND m."deletedAt" IS NULL
    ORDER BY m.seq DESC LIMIT 1) l) AS "lastMessage"
  FROM "Membership" m JOIN "Room" r ON r.id = m."roomId" JOIN "Person" me ON me.id = m."personId"
  CROSS JOIN LATERAL (SELECT m."floorSeq" AS floor) mine
  ${withPlace}`;

function toEntry(row: Row, room: Room): RoomEntry {
  const { room: _, personId: __, clock, unread, requestCount, lastMessage, ...membership } = row;
  return { room, membership, clock, unread, requestCount, lastMessage: lastMessage && parseMessageJson(lastMessage) };
}
