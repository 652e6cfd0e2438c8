// The parts of the statement in `append-statement.ts` that only batches with replies have, so that other messages cost nothing more.

/** What makes a message a reply: its thread, and whether the room shows it, too. */
export interface ReplyToStore {
  threadId: string;
  alsoInRoom: boolean;
}

/** The first messages of the threads, as `firsts`; `sent` is the place of the reply. Only threads whose first message or a reply its author sees. */
const firsts = `
  firsts AS MATERIALIZED (
    SELECT g.place AS sent, q."authorId" AS author, q.seq FROM sent g CROSS JOIN LATERAL (
      SELECT q."authorId", q.seq FROM "Message" q
      WHERE q."organizationId" = g.organization AND q.id = g.thread AND q."roomId" = g.room
        AND q."threadId" IS NULL AND q.kind <> 'notice'
        AND (q.seq > g.floor OR EXISTS (SELECT 1 FROM "Message" x WHERE x."organizationId" = g.organization AND x."threadId" = q.id AND x.seq > g.floor)) OFFSET 0) q
    WHERE g.thread IS NOT NULL)`;

/**
 * Who follows a thread through these replies, and which of their follows this statement could lock. They are locked after the rooms and
 * before `proof`. A follow that somebody else has locked is skipped: waiting for it would delay the messages of the other rooms.
 */
const held = `
  followers AS MATERIALIZED (
    SELECT g.thread, g.author AS person FROM sent g JOIN firsts t ON t.sent = g.place
    UNION SELECT g.thread, t.author FROM sent g JOIN firsts t ON t.sent = g.place WHERE t.author IS NOT NULL),
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

/** Stores the follows, as `followByWriting` does for one reply. */
const followed = `
  followed AS (
    INSERT INTO "ThreadFollow" AS f ("organizationId", "roomId", "threadId", "personId", "lastReadSeq")
    SELECT w.organization, w.room, w.thread, w.person, max(w.seq) FROM (
      SELECT n.organization, n.room, n.thread, n.author AS person, v."clockBefore" + n.step AS seq
      FROM fresh n JOIN moved v ON v.id = n.room WHERE n.thread IS NOT NULL
      UNION ALL
      SELECT n.organization, n.room, n.thread, t.author, t.seq FROM fresh n JOIN firsts t ON t.sent = n.place
      WHERE t.author IS NOT NULL) w
    GROUP BY w.organization, w.room, w.thread, w.person ORDER BY w.person, w.thread
    ON CONFLICT ("personId", "threadId") DO UPDATE
      SET "isFollowed" = f."isFollowed" OR excluded."lastReadSeq" > f."chosenAtSeq",
        "lastReadSeq" = greatest(f."lastReadSeq", excluded."lastReadSeq"))`;

/** `first` is the number of the first of the two parameters: the thread, and whether the room shows the reply, too. */
export const replyText = (first: number) => ({
  types: `, $${first}::uuid[], $${first + 1}::boolean[]`,
  names: `, thread, "alsoInRoom"`,
  beforeProof: `${firsts},${held},`,
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
