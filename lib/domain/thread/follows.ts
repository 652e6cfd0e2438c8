import { limits } from "@/lib/contract/limits";
import type { ThreadFollow } from "@/lib/contract/thread-summary";
import { isHeard, readFor, withBlocks } from "@/lib/domain/block/heard";
import { named, Prisma, type Tx } from "@/lib/server/db";

/**
 * SQL: the latest unread replies of follow `f`, of membership `m`, at most `limit`. `also` is a further condition about the reply `x`.
 * Needs `withBlocks`. What was written before the person joined (again) is read. A message that was moved is unread only in the room.
 */
export const unreadReplies = (limit: number, also = Prisma.empty) => Prisma.sql`(
  SELECT y.seq, y."alsoInRoom" FROM (
    SELECT x.seq, x."alsoInRoom", x."authorId" FROM "Message" x
    WHERE f."isFollowed" AND x."organizationId" = f."organizationId" AND x."threadId" = f."threadId" AND x.seq > greatest(f."lastReadSeq", f."fromSeq", m."floorSeq", m."joinedSeq")
      AND x."movedAt" IS NULL AND x."deletedAt" IS NULL AND x."authorId" IS DISTINCT FROM m."personId" ${also}
    ORDER BY x.seq DESC LIMIT ${readFor(limit)}) y
  WHERE ${isHeard(Prisma.sql`y."authorId"`)} ORDER BY y.seq DESC LIMIT ${limit})`;

/**
 * SQL: whether something in the thread of follow `f` is unread. A reply that the room shows, too, is read as soon as one of both is. Needs
 * `withPlace` and `withBlocks`.
 */
export const hasUnread = Prisma.sql`EXISTS (SELECT 1 FROM ${unreadReplies(1, Prisma.sql`AND (NOT x."alsoInRoom" OR x.seq > p.place)`)} u)`;

/** SQL, to join to follow `f` of membership `m`: the first message `q` of the thread, if the person sees it. */
export const withFirst = Prisma.sql`LEFT JOIN "Message" q
  ON q."organizationId" = f."organizationId" AND q.id = f."threadId" AND q.seq > m."floorSeq"`;

/** Whose follows to read. Without `roomIds`, those of all rooms. */
interface Wanted {
  personIds: string[];
  roomIds?: string[] | undefined;
  threadIds?: string[];
}

export const followKey = (personId: string, roomId: string) => `${personId} ${roomId}`;

/** Reads the follows of people in rooms that they are in, by person and room (`followKey`). Of each room, the latest `limits.follows`. */
export async function followsOf(
  tx: Tx,
  { personIds, roomIds, threadIds }: Wanted,
): Promise<Map<string, ThreadFollow[]>> {
  const inRooms = roomIds ? Prisma.sql`AND f."roomId" = ANY(${roomIds}::uuid[])` : Prisma.empty;
  const ofThread = threadIds ? Prisma.sql`AND f."threadId" = ANY(${threadIds}::uuid[])` : Prisma.empty;
  const name = `follows${roomIds ? "-in" : ""}${threadIds ? "-of" : ""}`;
  const rows = await tx.$queryRaw<(ThreadFollow & { personId: string; unreadInRoom: number[] | null })[]>`${named(name)}
    SELECT f."personId", f."roomId", f."threadId", f."isFollowed", f."isMuted", f."chosenAtSeq", f."fromSeq", f."readAtSeq", f.tick, r.clock,
      greatest(f."lastReadSeq", m."joinedSeq") AS "lastReadSeq",
      coalesce(u.unread, '{}') AS unread, coalesce(u."unreadInRoom", '{}') AS "unreadInRoom",
      q.thread AS about, coalesce(q."changedSeq", 0) AS "aboutSeq"
    FROM (
      SELECT f.*, row_number() OVER (PARTITION BY f."personId", f."roomId" ORDER BY f."createdAt" DESC, f."threadId") AS nth
      FROM "ThreadFollow" f WHERE f."personId" = ANY(${personIds}::uuid[]) ${inRooms} ${ofThread}) f
    JOIN "Membership" m ON m."personId" = f."personId" AND m."roomId" = f."roomId"
    JOIN "Room" r ON r.id = f."roomId" ${withBlocks} ${withFirst}
    CROSS JOIN LATERAL (
      SELECT array_agg(x.seq ORDER BY x.seq) AS unread, array_agg(x.seq ORDER BY x.seq) FILTER (WHERE x."alsoInRoom") AS "unreadInRoom"
      FROM ${unreadReplies(limits.unread)} x) u
    WHERE f.nth <= ${limits.follows} ORDER BY f."personId", f."roomId", f.nth`;
  const follows = new Map<string, ThreadFollow[]>();
  for (const { personId, ...follow } of rows) {
    const key = followKey(personId, follow.roomId);
    follows.set(key, [...(follows.get(key) ?? []), follow]);
  }
  return follows;
}

/** The follows of one thread, by person: of those who have one and are in the room. */
export async function followsOfThread(
  tx: Tx,
  threadId: string,
  personIds: readonly string[],
): Promise<Map<string, ThreadFollow>> {
  if (personIds.length === 0) return new Map();
  const found = await followsOf(tx, { personIds: [...personIds], threadIds: [threadId] });
  // They are all of one room.
  const roomId = [...found.values()][0]?.[0]?.roomId ?? "";
  return new Map(
    personIds.flatMap((personId) => (found.get(followKey(personId, roomId)) ?? []).map((follow) => [personId, follow])),
  );
}

/** A person's follow of one thread; null if there is none, or if they are not in the room. */
export async function followOf(tx: Tx, personId: string, threadId: string): Promise<ThreadFollow | null> {
  return (await followsOfThread(tx, threadId, [personId])).get(personId) ?? null;
}

/** What somebody has of a thread in which they neither wrote nor chose anything. */
export const noFollow = (roomId: string, threadId: string, clock: number): ThreadFollow => ({
  roomId,
  threadId,
  isMuted: null,
  about: null,
  aboutSeq: 0,
  isFollowed: false,
  chosenAtSeq: 0,
  lastReadSeq: 0,
  fromSeq: 0,
  readAtSeq: 0,
  tick: 0,
  clock,
  unread: [],
  unreadInRoom: [],
});
