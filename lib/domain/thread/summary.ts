import { limits } from "@/lib/contract/limits";
import { ThreadSummary } from "@/lib/contract/thread-summary";
import { declareRowKind } from "@/lib/domain/row-kind";
import { named, Prisma, type Tx } from "@/lib/server/db";

// A summary is counted whenever it is read, and stored nowhere. It differs between readers with different floors.

export const { fromJson: parseSummaryJson } = declareRowKind(ThreadSummary, "t");

/** A summary has about this many bytes in an answer. */
export const summaryBytes = 600;

interface SummaryOf {
  /** SQL: the id of the thread. */
  thread: string;
  /** SQL: the id of its organization. */
  organization: string;
  /** SQL: the reader sees only messages after this `seq`. */
  floor: string;
}

/** SQL: the summary of a thread as JSON, like the contract's `ThreadSummary`. Null if the reader sees no reply. */
export const summaryText = ({ thread, organization, floor }: SummaryOf): string => `(
  SELECT json_build_object('threadId', ${thread}, 'tick', latest.tick, 'lastAt', n."lastAt", 'personIds', coalesce(n."personIds", '[]'),
    'authorId', q."authorId", 'about', q.thread, 'aboutSeq', coalesce(q."changedSeq", 0),
    'count', (SELECT count(*)::int FROM (
      SELECT 1 FROM "Message" x WHERE x."organizationId" = ${organization} AND x."threadId" = ${thread} AND x.seq > ${floor} AND x."deletedAt" IS NULL
      LIMIT ${limits.replies}) c))
  FROM (
    SELECT x."changedSeq" AS tick FROM "Message" x WHERE x."organizationId" = ${organization} AND x."threadId" = ${thread} AND x.seq > ${floor}
    ORDER BY x."changedSeq" DESC LIMIT 1) latest
  LEFT JOIN "Message" q ON q."organizationId" = ${organization} AND q.id = ${thread} AND q.seq > ${floor}
  CROSS JOIN LATERAL (
    WITH newest AS (
      SELECT x."authorId", x.seq, x."createdAt" FROM "Message" x
      WHERE x."organizationId" = ${organization} AND x."threadId" = ${thread} AND x.seq > ${floor} AND x."deletedAt" IS NULL
      ORDER BY x.seq DESC LIMIT ${limits.newestReplies})
    SELECT (SELECT w."createdAt" FROM newest w ORDER BY w.seq DESC LIMIT 1) AS "lastAt", (
      SELECT json_agg(p."authorId" ORDER BY p.seq DESC) FROM (
        SELECT w."authorId", max(w.seq) AS seq FROM newest w WHERE w."authorId" IS NOT NULL
        GROUP BY w."authorId" ORDER BY 2 DESC LIMIT 3) p) AS "personIds") n)`;

/** Reads the summaries of those of these messages that have replies which the reader sees. */
export async function summariesOf(
  tx: Tx,
  { organizationId, floor }: { organizationId: string; floor: number },
  threadIds: string[],
): Promise<ThreadSummary[]> {
  if (threadIds.length === 0) return [];
  const rows = await tx.$queryRaw<{ summary: ThreadSummary }[]>`${named("summaries")}
    WITH asked AS MATERIALIZED (SELECT ${organizationId}::uuid AS organization, ${floor}::int AS floor)
    SELECT s.summary FROM asked a CROSS JOIN unnest(${threadIds}::uuid[]) u(id)
    CROSS JOIN LATERAL (SELECT ${askedSummary} AS summary) s WHERE s.summary IS NOT NULL`;
  return rows.map(({ summary }) => parseSummaryJson(summary));
}
// oxlint-disable-next-line no-restricted-properties -- the text is fixed
const askedSummary = Prisma.raw(summaryText({ thread: "u.id", organization: "a.organization", floor: "a.floor" }));

/**
 * SQL: the summaries of the threads of a room with replies that changed after a tick, as JSON: an array. Null if there are none.
 * At most `limits.delta` changed rows are looked at, those of the earliest ticks.
 */
export const changedSummariesText = (changed: { room: string; organization: string; from: string; floor: string }) => `(
  SELECT json_agg(s.summary) FROM (${changedThreads(changed)}) t
  CROSS JOIN LATERAL (
    SELECT ${summaryText({ thread: "t.id", organization: changed.organization, floor: changed.floor })} AS summary) s
  WHERE s.summary IS NOT NULL)`;

/** A summary for readers with these floors, who see the same replies of the thread. */
export interface SummaryForFloors {
  floors: number[];
  summary: ThreadSummary;
}

/**
 * SQL: the same for several readers: an array of `SummaryForFloors`. `floors` is a query for their floors. Null if there are none. Readers
 * who see the first message see the same, and so do those between whose floors is no reply. So a summary is counted once for each set of
 * replies that somebody sees, however many people joined at different times.
 */
export const summariesByFloorText = (changed: { room: string; organization: string; from: string; floors: string }) => `
  CASE WHEN EXISTS (
    SELECT 1 FROM "Message" x WHERE x."roomId" = ${changed.room} AND x."changedSeq" > ${changed.from} AND x."threadId" IS NOT NULL)
  THEN (
    SELECT json_agg(json_build_object('floors', e.floors, 'summary', s.summary))
    FROM (${changedThreads(changed)}) t
    CROSS JOIN LATERAL (
      SELECT q.seq FROM "Message" q WHERE q."organizationId" = ${changed.organization} AND q.id = t.id) b
    CROSS JOIN LATERAL (
      SELECT n.next, min(f.floor) AS floor, array_agg(f.floor) AS floors FROM (${changed.floors}) f(floor)
      CROSS JOIN LATERAL (SELECT CASE WHEN f.floor < b.seq THEN b.seq ELSE (
        SELECT x.seq FROM "Message" x WHERE x."organizationId" = ${changed.organization} AND x."threadId" = t.id AND x.seq > f.floor
        ORDER BY x.seq LIMIT 1) END AS next) n
      WHERE n.next IS NOT NULL GROUP BY n.next) e
    CROSS JOIN LATERAL (
      SELECT ${summaryText({ thread: "t.id", organization: changed.organization, floor: "e.floor" })} AS summary) s
    WHERE s.summary IS NOT NULL) END`;

const changedThreads = ({ room, from }: { room: string; from: string }) => `
  SELECT DISTINCT c.id FROM (
    SELECT x."threadId" AS id FROM "Message" x WHERE x."roomId" = ${room} AND x."changedSeq" > ${from}
    ORDER BY x."changedSeq" LIMIT ${limits.delta}) c
  WHERE c.id IS NOT NULL`;
