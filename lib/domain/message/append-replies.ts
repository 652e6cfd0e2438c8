import { authorSeesText, isMeantText, storeFollowsText } from "@/lib/domain/thread/write";

// The parts of the statement in `append-statement.ts` that only batches with replies have, so that other messages cost nothing more.

/** What makes a message a reply: its thread, and whether the room shows it, too. */
export interface ReplyToStore {
  threadId: string;
  alsoInRoom: boolean;
}

/** The first messages of the threads, as `firsts`; `sent` is the place of the reply. Only threads whose first message or a reply its author sees. */
const firsts = `
  firsts AS MATERIALIZED (
    SELECT g.place AS sent, q.author, q.seq FROM sent g CROSS JOIN LATERAL (
      SELECT CASE WHEN ${authorSeesText} THEN q."authorId" END AS author, q.seq FROM "Message" q
      WHERE q."organizationId" = g.organization AND q.id = g.thread AND q."roomId" = g.room
        AND q."threadId" IS NULL AND q.kind <> 'notice'
        AND (q.seq > g.floor OR EXISTS (SELECT 1 FROM "Message" x WHERE x."organizationId" = g.organization AND x."threadId" = q.id AND x.seq > g.floor)) OFFSET 0) q
    WHERE g.thread IS NOT NULL)`;

/** Whom the replies mention by name. Parameters 12 and 13 are the message and the person of each mention. */
const meant = `
  meant AS MATERIALIZED (
    SELECT g.place AS sent, g.thread, x.target AS person FROM unnest($12::uuid[], $13::uuid[]) AS x(message, target) JOIN sent g ON g.id = x.message
    WHERE g.thread IS NOT NULL AND ${isMeantText({ person: "x.target", room: "g.room", author: "g.author" })})`;
const nobodyMeant = `
  meant AS (SELECT NULL::bigint AS sent, NULL::uuid AS thread, NULL::uuid AS person WHERE false)`;

/**
 * Who follows a thread through these replies, and which of their follows this statement could lock. They are locked after the rooms and
 * before `proof`. A follow that somebody else has locked is skipped: waiting for it would delay the messages of the other rooms.
 */
const held = `
  followers AS MATERIALIZED (
    SELECT g.thread, g.author AS person FROM sent g JOIN firsts t ON t.sent = g.place
    UNION SELECT g.thread, t.author FROM sent g JOIN firsts t ON t.sent = g.place WHERE t.author IS NOT NULL
    UNION SELECT x.thread, x.person FROM meant x JOIN firsts t ON t.sent = x.sent),
  held AS MATERIALIZED (
    SELECT w.thread, w.person FROM followers w CROSS JOIN LATERAL (
      SELECT 1 FROM "ThreadFollow" f WHERE f."personId" = w.person AND f."threadId" = w.thread
      FOR NO KEY UPDATE SKIP LOCKED) f
    WHERE (SELECT count(*) FROM locked) > 0)`;

/** Whether message `g` is no reply, or one that can be stored: its author sees the thread, and no follow is locked by others. */
const mayReply = `
  (g.thread IS NULL OR EXISTS (SELECT 1 FROM firsts t WHERE t.sent = g.place) AND NOT EXISTS (
    SELECT 1 FROM followers w
    WHERE w.thread = g.thread AND NOT EXISTS (SELECT 1 FROM held h WHERE h.thread = w.thread AND h.person = w.person)
      AND (SELECT f.tick FROM "ThreadFollow" f WHERE f."personId" = w.person AND f."threadId" = w.thread) IS NOT NULL))`;

/** Stores the follows, as `storeFollows` does for one reply. */
const followed = `
  begun AS MATERIALIZED (
    SELECT n.organization, n.room, n.thread, w.person, max(w.wrote) AS wrote, max(w.first) AS first, min(w.mentioned) AS mentioned
    FROM fresh n JOIN moved v ON v.id = n.room CROSS JOIN LATERAL (
      SELECT n.author AS person, v."clockBefore" + n.step AS wrote, NULL::int AS first, NULL::int AS mentioned
      UNION ALL
      SELECT t.author, NULL, t.seq, NULL FROM firsts t WHERE t.sent = n.place AND t.author IS NOT NULL
      UNION ALL
      SELECT x.person, NULL, NULL, v."clockBefore" + n.step FROM meant x WHERE x.sent = n.place) w
    WHERE n.thread IS NOT NULL GROUP BY n.organization, n.room, n.thread, w.person),
  followed AS (${storeFollowsText})`;

/**
 * `first` is the number of the first of the two parameters: the thread, and whether the room shows the reply, too. `hasMentions`: whether
 * messages of the batch mention people.
 */
export const replyText = (first: number, hasMentions: boolean) => ({
  types: `, $${first}::uuid[], $${first + 1}::boolean[]`,
  names: `, thread, "alsoInRoom"`,
  beforeProof: `${firsts},${hasMentions ? meant : nobodyMeant},${held},`,
  afterLocks: `AND (SELECT count(*) FROM held) >= 0`,
  may: `AND ${mayReply}`,
  columns: `, "threadId", "alsoInRoom"`,
  values: `, f.thread, coalesce(f."alsoInRoom", false)`,
  afterStored: `,${followed}`,
});

/** The same parts for a batch without replies. */
export const noReplyText: ReturnType<typeof replyText> = {
  types: "",
  names: "",
  beforeProof: "",
  afterLocks: "",
  may: "",
  columns: "",
  values: "",
  afterStored: "",
};
