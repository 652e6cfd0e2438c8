import { limits } from "@/lib/contract/limits";
import type { ReactionChange } from "@/lib/contract/reaction";
import { countedColumns } from "./count";

// Frames and the answers to `sync` carry changed reactions in this form. It is the same for every reader, and does not grow with the number
// of people who react (docs/decisions/0067).

/** A change as read from the database. `firstTick` is the first tick after `from` at which one of its reactions changed. */
export interface ChangedReactions extends ReactionChange {
  firstTick: number;
}

/** One change has about this many bytes in an answer. */
export const reactionBytes = 600;

export interface ChangesOf {
  /** SQL: the id of the room. */
  roomId: string;
  /** SQL: the tick after which a reaction changed. */
  from: string;
  /** SQL: the reader sees only messages after this `seq`. */
  floor: string;
}

/**
 * SQL: the reactions of a room that changed after a tick, as JSON: one element for each message and emoji. It is counted when it is read,
 * so it may be newer than the tick at which a frame ends. Then `changed` has everybody who changed theirs until it was read, so that it is
 * right for every reader. At most `limits.delta` changed rows are looked at, those of the earliest ticks.
 */
export const changesText = ({ roomId, from, floor }: ChangesOf): string => `(
  SELECT coalesce(json_agg(n ORDER BY n."changedSeq"), '[]') FROM (
    SELECT g."messageId", m.seq AS "messageSeq", g.emoji, g."firstTick", c.*
    FROM (
      SELECT y."organizationId", y."messageId", y.emoji, min(y."changedSeq") AS "firstTick" FROM (
        SELECT z."organizationId", z."messageId", z.emoji, z."changedSeq" FROM "Reaction" z
        WHERE z."roomId" = ${roomId} AND z."changedSeq" > ${from} ORDER BY z."changedSeq" LIMIT ${limits.delta}) y
      GROUP BY 1, 2, 3) g
    JOIN "Message" m ON m."organizationId" = g."organizationId" AND m.id = g."messageId" AND m.seq > ${floor}
    CROSS JOIN LATERAL (
      SELECT ${countedColumns.sql}, json_object_agg(x."personId", x."isGiven") FILTER (WHERE x."changedSeq" > ${from}) AS changed
      FROM "Reaction" x
      WHERE x."organizationId" = g."organizationId" AND x."messageId" = g."messageId" AND x.emoji = g.emoji) c) n)`;

/** SQL: the tick at which the reactions end that `changesText` looks at; null if it looks at all that changed. */
export const cutText = ({ roomId, from }: Pick<ChangesOf, "roomId" | "from">): string => `(
  SELECT max(z."changedSeq") FROM (
    SELECT z."changedSeq" FROM "Reaction" z WHERE z."roomId" = ${roomId} AND z."changedSeq" > ${from}
    ORDER BY z."changedSeq" LIMIT ${limits.delta}) z
  HAVING count(*) = ${limits.delta})`;

/** The changes up to the tick `to`, without what only the query needs. Undefined if there are none. */
export function changesUpTo(found: readonly ChangedReactions[], to: number): ReactionChange[] | undefined {
  const changes = found.flatMap(({ firstTick, ...change }) => (firstTick <= to ? [change] : []));
  return changes.length > 0 ? changes : undefined;
}
