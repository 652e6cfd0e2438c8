import { listThreads, type ListedThread } from "@/lib/contract/thread";
import type { Message } from "@/lib/contract/message";
import type { ThreadSummary } from "@/lib/contract/thread-summary";
import { isHeard, readFor, withBlocks } from "@/lib/domain/block/heard";
import { withPlace } from "@/lib/domain/membership/to-membership";
import { parseMessageJson, previewColumns } from "@/lib/domain/message/to-message";
import { peopleIn } from "@/lib/domain/person/to-person";
import { yes } from "@/lib/policy/decision";
import { Prisma } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";
import { byNumber, decodeCursor, toPage } from "../page";
import { hasUnread, withFirst } from "./follows";
import { parseSummaryJson, summaryText } from "./summary";

const conditions = {
  unread: hasUnread,
  read: Prisma.sql`NOT ${hasUnread} AND q.thread->>'resolvedAt' IS NULL`,
  started: Prisma.sql`q."authorId" = f."personId"`,
  titled: Prisma.sql`q.thread->>'title' IS NOT NULL AND q.thread->>'resolvedAt' IS NULL`,
  resolved: Prisma.sql`q.thread->>'resolvedAt' IS NOT NULL`,
};
// oxlint-disable-next-line no-restricted-properties -- the text is fixed
const summary = Prisma.raw(
  summaryText({ thread: `c."threadId"`, organization: `c."organizationId"`, floor: `c."floorSeq"` }),
);

const orders = {
  newest: { order: Prisma.sql`DESC`, isAfter: Prisma.sql`<` },
  oldest: { order: Prisma.sql`ASC`, isAfter: Prisma.sql`>` },
};

interface Row {
  id: string;
  value: number;
  roomId: string;
  first: Message | null;
  last: Message;
  summary: ThreadSummary;
}

export default handle(listThreads, {
  mode: "snapshot",
  load: async () => ({}),
  allow: () => yes,
  async run({ tx, actor: { personId, organizationId }, input: { filter, sort, after, limit } }) {
    const position = after === undefined ? null : decodeCursor(byNumber.position, after);
    const { order, isAfter } = orders[sort];
    const rest = position
      ? Prisma.sql`AND (l.value, f."threadId") ${isAfter} (${position[0]}, ${position[1]}::uuid)`
      : Prisma.empty;
    const found = await tx.$queryRaw<Row[]>`
      SELECT c."threadId" AS id, c.value, c."roomId", ${summary} AS summary,
        (SELECT row_to_json(z) FROM (SELECT ${previewColumns} FROM "Message" m
          WHERE m."organizationId" = c."organizationId" AND m.id = c."threadId" AND m.seq > c."floorSeq") z) AS first,
        (SELECT row_to_json(z) FROM (SELECT ${previewColumns} FROM "Message" m
          WHERE m."organizationId" = c."organizationId" AND m.id = c."lastId") z) AS last
      FROM (
        SELECT f."threadId", f."roomId", f."organizationId", m."floorSeq", l.value, l.id AS "lastId"
        FROM "ThreadFollow" f JOIN "Membership" m ON m."personId" = f."personId" AND m."roomId" = f."roomId"
        ${withBlocks} ${withPlace} ${withFirst}
        CROSS JOIN LATERAL (
          SELECT y.id, (extract(epoch FROM y."createdAt") * 1000)::float8 AS value FROM (
            SELECT x.id, x."authorId", x."createdAt", x.seq FROM "Message" x
            WHERE x."organizationId" = f."organizationId" AND x."threadId" = f."threadId" AND x.seq > m."floorSeq" AND x."deletedAt" IS NULL
            ORDER BY x.seq DESC LIMIT ${readFor(1)}) y
          WHERE ${isHeard(Prisma.sql`y."authorId"`)} ORDER BY y.seq DESC LIMIT 1) l
        WHERE f."personId" = ${personId}::uuid AND f."isFollowed" AND ${conditions[filter]} ${rest}
        ORDER BY l.value ${order}, f."threadId" ${order} LIMIT ${limit + 1}) c
      ORDER BY c.value ${order}, c."threadId" ${order}`;
    const { rows, next } = toPage(byNumber, found, limit);
    const threads = rows.map(
      ({ id, roomId, first, last, ...row }): ListedThread => ({
        id,
        roomId,
        first: first && parseMessageJson(first),
        last: parseMessageJson(last),
        summary: parseSummaryJson(row.summary),
      }),
    );
    const people = await peopleIn(
      tx,
      organizationId,
      threads.flatMap((thread) => [thread.first, thread.last]),
      threads.flatMap((thread) => thread.summary.personIds),
    );
    return { threads, people, next };
  },
});
