import type { Tx } from "@/lib/server/db";

/** A reply that is being stored. */
interface Reply {
  organizationId: string;
  roomId: string;
  threadId: string;
  authorId: string;
}

/**
 * Locks the follows that a reply changes: those of its author and of the author of the first message. Call it after locking the room,
 * and before the lock `proof` (decision 0035).
 */
export async function lockFollows(
  tx: Tx,
  { organizationId, threadId, authorId }: Omit<Reply, "roomId">,
): Promise<void> {
  await tx.$queryRaw`
    SELECT 1 FROM "ThreadFollow" f
    WHERE f."threadId" = ${threadId}::uuid AND f."personId" IN (${authorId}::uuid, (
      SELECT q."authorId" FROM "Message" q WHERE q."organizationId" = ${organizationId}::uuid AND q.id = ${threadId}::uuid))
    ORDER BY f."personId" FOR NO KEY UPDATE`;
}

/**
 * Stores that the author of a reply follows the thread and has read it up to the reply, and that the author of the first message
 * follows it, unless they chose not to. `lib/domain/message/append-replies.ts` does the same for a batch.
 */
export async function followByWriting(tx: Tx, reply: Reply, seq: number): Promise<void> {
  const { organizationId, roomId, threadId, authorId } = reply;
  await tx.$executeRaw`
    INSERT INTO "ThreadFollow" AS f ("organizationId", "roomId", "threadId", "personId", "lastReadSeq")
    SELECT ${organizationId}::uuid, ${roomId}::uuid, ${threadId}::uuid, w.person, max(w.seq) FROM (
      SELECT ${authorId}::uuid AS person, ${seq}::int AS seq
      UNION ALL
      SELECT q."authorId", q.seq FROM "Message" q WHERE q."organizationId" = ${organizationId}::uuid AND q.id = ${threadId}::uuid) w
    WHERE w.person IS NOT NULL GROUP BY w.person ORDER BY w.person
    ON CONFLICT ("personId", "threadId") DO UPDATE
      SET "isFollowed" = f."isFollowed" OR excluded."lastReadSeq" > f."chosenAtSeq",
        "lastReadSeq" = greatest(f."lastReadSeq", excluded."lastReadSeq")`;
}

/** Stores that the author of a first message follows the thread that others begin below it, unless they chose not to. */
export async function followOwnThread(
  tx: Tx,
  {
    id,
    organizationId,
    roomId,
    authorId,
    seq,
  }: { id: string; authorId: string | null; seq: number } & Omit<Reply, "threadId" | "authorId">,
): Promise<void> {
  if (authorId === null) return;
  await tx.$executeRaw`
    INSERT INTO "ThreadFollow" ("organizationId", "roomId", "threadId", "personId", "lastReadSeq")
    VALUES (${organizationId}::uuid, ${roomId}::uuid, ${id}::uuid, ${authorId}::uuid, ${seq}) ON CONFLICT DO NOTHING`;
}
