import { limits } from "@/lib/contract/limits";
import { Prisma } from "@/lib/server/db";

/** SQL: what everybody gets of the reactions `x` to one message with one emoji. For a query that groups by both. */
// oxlint-disable-next-line no-restricted-properties -- the text has only our own limit, and other texts contain it without parameters
export const countedColumns = Prisma.raw(`
  count(*) FILTER (WHERE x."isGiven")::int AS count,
  coalesce(to_json((array_agg(x."personId" ORDER BY x."changedSeq") FILTER (WHERE x."isGiven"))[1:${limits.reactionPeople}]), '[]') AS "personIds",
  min(x.seq) AS seq, max(x."changedSeq") AS "changedSeq"`);

/** SQL: the reactions to message `m` as JSON, as this person gets them. Null if nobody reacts. */
export const reactionsFor = (personId: string): Prisma.Sql => Prisma.sql`(
  SELECT json_agg(k ORDER BY k.seq) FROM (
    SELECT x.emoji, ${countedColumns}, bool_or(x."isGiven" AND x."personId" = ${personId}::uuid) AS "isMine"
    FROM "Reaction" x WHERE x."organizationId" = m."organizationId" AND x."messageId" = m.id
    GROUP BY x.emoji HAVING bool_or(x."isGiven")) k)`;
