import { hearsText } from "@/lib/domain/block/heard";
import { Prisma, type Tx } from "@/lib/server/db";
import type { Announce } from "@/lib/server/handler";
import { followsOfThread } from "./follows";

/** A thread in which something is being stored. */
export interface Thread {
  organizationId: string;
  roomId: string;
  threadId: string;
}

/**
 * Locks the follows that a reply changes: those of these people and of the author of the first message. Call it after locking the room,
 * and before the lock `proof` (decision 0035).
 */
export async function lockFollows(
  tx: Tx,
  { organizationId, threadId }: Omit<Thread, "roomId">,
  personIds: string[],
): Promise<void> {
  await tx.$queryRaw`
    SELECT 1 FROM "ThreadFollow" f
    WHERE f."threadId" = ${threadId}::uuid AND (f."personId" = ANY(${personIds}::uuid[]) OR f."personId" = (
      SELECT q."authorId" FROM "Message" q WHERE q."organizationId" = ${organizationId}::uuid AND q.id = ${threadId}::uuid))
    ORDER BY f."personId" FOR NO KEY UPDATE`;
}

/**
 * SQL: stores the follows in `begun`, with one row for each person and thread: the last reply that they wrote, the place of the first message
 * if they wrote that, and the earliest reply that mentions them. Writing and being mentioned follow the thread, also again. Writing reads it.
 */
export const storeFollowsText = `
  INSERT INTO "ThreadFollow" AS f ("organizationId", "roomId", "threadId", "personId", "lastReadSeq", "fromSeq")
  SELECT w.organization, w.room, w.thread, w.person, coalesce(w.wrote, w.first, 0),
    CASE WHEN w.wrote IS NULL AND w.first IS NULL THEN w.mentioned - 1 ELSE 0 END
  FROM begun w ORDER BY w.person, w.thread
  ON CONFLICT ("personId", "threadId") DO UPDATE SET ("isFollowed", "lastReadSeq", "fromSeq") = (
    SELECT f."isFollowed" OR w.wrote IS NOT NULL OR w.mentioned IS NOT NULL, greatest(f."lastReadSeq", w.wrote),
      CASE WHEN f."isFollowed" OR w.wrote IS NOT NULL THEN f."fromSeq" ELSE coalesce(w.mentioned - 1, f."fromSeq") END
    FROM begun w WHERE w.person = f."personId" AND w.thread = f."threadId")`;

/** SQL: whether the author of the first message `q` sees it. Who came back to the room may not. Who is not in it may come back. */
export const authorSeesText = `(q."authorId" IS NOT NULL AND coalesce((
  SELECT m."floorSeq" FROM "Membership" m WHERE m."personId" = q."authorId" AND m."roomId" = q."roomId"), 0) < q.seq)`;

/** SQL: whether a person follows a thread of the room if an author mentions them: they are in the room, and do not block the author. */
export const isMeantText = ({ person, room, author }: { person: string; room: string; author: string }): string => `(
  (SELECT m."joinedSeq" FROM "Membership" m WHERE m."personId" = ${person} AND m."roomId" = ${room}) IS NOT NULL
  AND ${hearsText(person, author)})`;
/** SQL: the same of reply `x.seq`, which is not new. Who joined after it may not see it. */
const isMeantByEditText = `(
  (SELECT m."floorSeq" FROM "Membership" m WHERE m."personId" = x.id AND m."roomId" = t.room) < x.seq AND ${hearsText("x.id", "x.author")})`;

// oxlint-disable no-restricted-properties -- the texts are our own, without parameters
const storeBegun = Prisma.raw(storeFollowsText);
const authorSees = Prisma.raw(authorSeesText);
const isMeant = Prisma.raw(isMeantByEditText);
// oxlint-enable no-restricted-properties

/** A message of a thread: a new reply, or one whose edit mentions more people. */
interface Written {
  authorId: string | null;
  seq: number;
  isNew: boolean;
  /** Whom it mentions by name. */
  mentionedIds: readonly string[];
}

/**
 * Stores who follows a thread after a reply. Its author follows the thread, and has read it up to the reply. Those whom it mentions follow
 * the thread from the reply on. The author of the first message follows it unless they chose not to. Without a reply, only that is stored.
 * `lib/domain/message/append-replies.ts` does the same for a batch.
 */
export async function storeFollows(
  tx: Tx,
  { organizationId, roomId, threadId }: Thread,
  { authorId, seq, isNew, mentionedIds }: Written = { authorId: null, seq: 0, isNew: false, mentionedIds: [] },
): Promise<void> {
  await tx.$executeRaw`
    WITH t AS MATERIALIZED (
      SELECT ${organizationId}::uuid AS organization, ${roomId}::uuid AS room, ${threadId}::uuid AS thread),
    begun AS MATERIALIZED (
      SELECT t.organization, t.room, t.thread, w.person, max(w.wrote) AS wrote, max(w.first) AS first, min(w.mentioned) AS mentioned
      FROM t CROSS JOIN LATERAL (
        SELECT ${authorId}::uuid AS person, ${seq}::int AS wrote, NULL::int AS first, NULL::int AS mentioned WHERE ${isNew}::boolean
        UNION ALL
        SELECT q."authorId", NULL, q.seq, NULL FROM "Message" q
        WHERE q."organizationId" = t.organization AND q.id = t.thread AND ${authorSees}
        UNION ALL
        SELECT x.id, NULL, NULL, ${seq}::int FROM (
          SELECT unnest(${[...mentionedIds]}::uuid[]) AS id, ${authorId}::uuid AS author, ${seq}::int AS seq) x
        WHERE ${isMeant}) w
      GROUP BY t.organization, t.room, t.thread, w.person)
    ${storeBegun}`;
}

/** A message that is being edited or deleted. */
interface Edited {
  organizationId: string;
  roomId: string;
  threadId: string | null;
  movedAt: Date | null;
  authorId: string | null;
  seq: number;
}

/**
 * Stores that those whom a reply mentions since an edit follow the thread. Tells them, and those whom it no longer mentions: their devices may
 * not have seen the version that mentions them, and then cannot conclude that they follow.
 */
export async function followByEdit(
  tx: Tx,
  announce: Announce,
  { organizationId, roomId, threadId, movedAt, authorId, seq }: Edited,
  { now, before }: { now: readonly string[]; before: readonly string[] },
): Promise<void> {
  const [added, removed] = [now.filter((id) => !before.includes(id)), before.filter((id) => !now.includes(id))];
  if (!threadId || movedAt || added.length + removed.length === 0) return;
  // Also those that are only announced: their owners may be reading the thread.
  await lockFollows(tx, { organizationId, threadId }, [...added, ...removed]);
  await storeFollows(tx, { organizationId, roomId, threadId }, { authorId, seq, isNew: false, mentionedIds: added });
  for (const [personId, follow] of await followsOfThread(tx, threadId, [...added, ...removed]))
    announce.me(personId, { type: "thread", follow });
}
