import type { Tx } from "@/lib/server/db";
import type { Announce } from "@/lib/server/handler";
import { followKey, followsOf } from "./follows";
import { lockFollows, type Thread } from "./write";

/**
 * Who follows a message that has no replies yet, and is moved into a thread, follows that thread instead: of its later replies they want to
 * hear. Who has stopped following the thread, or came back to the room and no longer sees the message, does not. The caller has locked the room.
 */
export async function moveFollows(
  tx: Tx,
  announce: Announce,
  { organizationId, roomId, threadId }: Thread,
  messageIds: string[],
): Promise<void> {
  const moved = await tx.$queryRaw<{ personId: string; messageId: string }[]>`
    WITH ended AS (
      UPDATE "ThreadFollow" SET "isFollowed" = false
      WHERE "organizationId" = ${organizationId}::uuid AND "threadId" = ANY(${messageIds}::uuid[]) AND "isFollowed"
      RETURNING "personId", "threadId", "isMuted"),
    begun AS (
      INSERT INTO "ThreadFollow" ("organizationId", "roomId", "threadId", "personId", "isMuted", "fromSeq")
      SELECT ${organizationId}::uuid, r.id, ${threadId}::uuid, e."personId", bool_or(e."isMuted"), r.clock
      FROM ended e JOIN "Room" r ON r.id = ${roomId}::uuid
      JOIN "Message" m ON m."organizationId" = ${organizationId}::uuid AND m.id = e."threadId"
      WHERE coalesce((
        SELECT b."floorSeq" FROM "Membership" b WHERE b."personId" = e."personId" AND b."roomId" = r.id), 0) < m.seq
      GROUP BY e."personId", r.id, r.clock ORDER BY e."personId"
      ON CONFLICT DO NOTHING)
    SELECT "personId", "threadId" AS "messageId" FROM ended ORDER BY "personId"`;
  if (moved.length === 0) return;
  const personIds = [...new Set(moved.map(({ personId }) => personId))];
  // Those who followed the thread before are not locked yet. They may be reading it.
  await lockFollows(tx, { organizationId, threadId }, personIds);
  const changed = new Set(
    moved.flatMap(({ personId, messageId }) => [`${personId} ${messageId}`, `${personId} ${threadId}`]),
  );
  const follows = await followsOf(tx, { personIds, roomIds: [roomId], threadIds: [threadId, ...messageIds] });
  for (const personId of personIds)
    for (const follow of follows.get(followKey(personId, roomId)) ?? [])
      if (changed.has(`${personId} ${follow.threadId}`)) announce.me(personId, { type: "thread", follow });
}
