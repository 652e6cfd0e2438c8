import type { MentionTargets } from "@/lib/contract/mention";
import { pool } from "@/lib/server/pool";
import type { ListenerVersions } from "@/lib/server/log-declaration";
import { mentionText, mentionValues, noMentionText } from "./append-mentions";
import { noReplyText, replyText, type ReplyToStore } from "./append-replies";

/** A message to store. Its author was allowed to post when the room had these `versions`. */
export interface MessageToStore {
  id: string;
  organizationId: string;
  roomId: string;
  versions: ListenerVersions;
  authorId: string;
  body: string;
  /** The message that it quotes. */
  quotedId: string | null;
  /** For a reply: its thread, and whether the room shows it, too. */
  reply: ReplyToStore | null;
  /** The `seq` up to which the author sees nothing of the room. */
  floorSeq: number;
  /** The people whom it mentions. Null if it mentions nobody. */
  mentions: MentionTargets | null;
  /** The time left to store it, in ms from the start of the statement. After that, the message is skipped. */
  remainingMs: number;
}

export interface StoredMessage {
  id: string;
  roomId: string;
  seq: number;
  createdAt: Date;
  /** The room's clock before this statement. */
  clockBefore: number;
}

/** The result of one statement. */
export interface Stored {
  /** Ordered by room and `seq`. */
  messages: StoredMessage[];
  /** The versions of the rooms that the statement could lock, by room id. */
  rooms: Map<string, ListenerVersions>;
}

/** What to do with rooms that another transaction has locked. Use `wait` only if all messages are for one room. */
export type WhenLocked = "skip" | "wait";

/**
 * Stores messages in any rooms with one statement, which commits by itself. It advances each room's clock by the number of its
 * new messages. It skips a message if its room is locked or gone, if its id is already stored, if one of its versions has
 * changed, if its author may not quote the message that it quotes or reply in its thread, or if its time has run out. The versions
 * are compared under two locks, taken in this order: the rooms' rows, then a shared lock in `proofOf` that prevents changes to
 * sessions and roles until the commit. A transaction that waits for a room must not hold the second lock (decision 0035). Single
 * rows are read with scalar subqueries, because without statistics Postgres would plan a join that reads whole tables. Only batches
 * with mentions or replies have the parts of them, so that other messages do not pay for them.
 */
const makeText = (whenLocked: WhenLocked, mention: typeof mentionText, reply: typeof noReplyText) => `
  WITH sent AS (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::int[], $6::uuid[], $7::text[], $8::int[],
        $9::uuid[], $10::int[]${mention.types}${reply.types})
      WITH ORDINALITY AS g(id, organization, room, "membersVersion", "authVersion", author, body, remaining, quoted, floor${mention.names}${reply.names},
        place)),
  locked AS MATERIALIZED (
    SELECT r.id, r."changedSeq" AS "membersVersion" FROM "Room" r WHERE r.id = ANY($3::uuid[])
    ORDER BY r.id FOR NO KEY UPDATE ${whenLocked === "skip" ? "SKIP LOCKED" : ""}),
  ${reply.beforeProof}
  proofs AS MATERIALIZED (
    SELECT o.id, "proofOf"(o.id) AS "authVersion" FROM (SELECT DISTINCT unnest($2::uuid[]) AS id ORDER BY 1) o
    WHERE (SELECT count(*) FROM locked) > 0 ${reply.afterLocks}),
  fresh AS (
    SELECT g.*, (row_number() OVER (PARTITION BY g.room ORDER BY g.place))::int AS step
    FROM sent g
    JOIN locked l ON l.id = g.room AND l."membersVersion" = g."membersVersion"
    JOIN proofs p ON p.id = g.organization AND p."authVersion" = g."authVersion"
    WHERE (SELECT m.id FROM "Message" m WHERE m."organizationId" = g.organization AND m.id = g.id) IS NULL
      AND clock_timestamp() < statement_timestamp() + g.remaining * interval '1 ms'
      AND (g.quoted IS NULL OR (SELECT q.seq FROM "Message" q WHERE q."organizationId" = g.organization AND q.id = g.quoted
        AND q."roomId" = g.room AND q.kind <> 'notice') > g.floor) ${reply.may}),
  moved AS (
    UPDATE "Room" r SET clock = r.clock + c.steps FROM (SELECT room, max(step) AS steps FROM fresh GROUP BY room) c
    WHERE r.id = c.room
    RETURNING r.id, r.clock - c.steps AS "clockBefore", r.clock),
  stored AS (
    INSERT INTO "Message" (id, "organizationId", "roomId", "authorId", body, "replyToId", seq, "changedSeq"${mention.columns}${reply.columns})
    SELECT f.id, f.organization, f.room, f.author, f.body, f.quoted, v."clockBefore" + f.step, v."clockBefore" + f.step${mention.values}${reply.values}
    FROM fresh f JOIN moved v ON v.id = f.room ORDER BY f.room, f.step
    RETURNING id, "roomId", seq, "createdAt")${mention.afterStored}${reply.afterStored}
  SELECT l.id AS "roomId", l."membersVersion", (SELECT p."authVersion" FROM proofs p
      WHERE p.id = (SELECT g.organization FROM sent g WHERE g.room = l.id LIMIT 1)) AS "authVersion",
    t.id, t.seq, t."createdAt", v."clockBefore"
  FROM locked l LEFT JOIN stored t ON t."roomId" = l.id LEFT JOIN moved v ON v.id = l.id
  ORDER BY l.id, t.seq`;

const textsOf = (...parts: [typeof mentionText, typeof noReplyText]) => ({
  skip: makeText("skip", ...parts),
  wait: makeText("wait", ...parts),
});
const texts = {
  plain: textsOf(noMentionText, noReplyText),
  mentions: textsOf(mentionText, noReplyText),
  replies: textsOf(noMentionText, replyText(11, false)),
  "mentions-replies": textsOf(mentionText, replyText(14, true)),
};

/** A locked room and one of its new messages. `id` is null if the room has no new message. */
type Row = { roomId: string } & ListenerVersions & (StoredMessage | { id: null });

export async function storeAll(messages: MessageToStore[], whenLocked: WhenLocked): Promise<Stored> {
  const values: unknown[][] = [
    messages.map(({ id }) => id),
    messages.map(({ organizationId }) => organizationId),
    messages.map(({ roomId }) => roomId),
    messages.map(({ versions }) => versions.membersVersion),
    messages.map(({ versions }) => versions.authVersion),
    messages.map(({ authorId }) => authorId),
    messages.map(({ body }) => body),
    messages.map((message) => message.remainingMs),
    messages.map(({ quotedId }) => quotedId),
    messages.map(({ floorSeq }) => floorSeq),
  ];
  const hasMentions = messages.some(({ mentions }) => mentions !== null);
  const hasReplies = messages.some(({ reply }) => reply !== null);
  if (hasMentions) values.push(...mentionValues(messages));
  if (hasReplies)
    values.push(
      messages.map(({ reply }) => reply && reply.threadId),
      messages.map(({ reply }) => reply && reply.alsoInRoom),
    );
  const kind = hasMentions ? (hasReplies ? "mentions-replies" : "mentions") : hasReplies ? "replies" : "plain";
  const query = { name: `append-${whenLocked}-${kind}`, text: texts[kind][whenLocked], values };
  const { rows } = await pool().query<Row>(query);
  const rooms = new Map(
    rows.map(({ roomId, membersVersion, authVersion }) => [roomId, { membersVersion, authVersion }]),
  );
  return { messages: rows.filter((row): row is Row & StoredMessage => row.id !== null), rooms };
}
