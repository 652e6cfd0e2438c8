import { setTimeout as pause } from "node:timers/promises";
import { removePicture } from "@/lib/domain/picture/files";
import { db, Prisma, type Tx } from "@/lib/server/db";

/** How many days the rows of a deleted room are kept. */
const keptDays = 7;
/** How many messages, or ten times as many reactions, one transaction deletes. */
const sliceSize = 500;
/** The most transactions in one run. */
const slicesPerRun = 200;

/**
 * Removes rooms that were deleted more than `keptDays` ago: first their reactions and messages in slices, then their picture, then the rest.
 * Waits `pauseMs` between slices, so that others can use the database. Several processes can run this at once: each takes a room
 * that no other process has locked.
 */
export async function purgeRooms({ pauseMs = 50 } = {}): Promise<void> {
  const isolationLevel = Prisma.TransactionIsolationLevel.ReadCommitted;
  for (let slice = 0; slice < slicesPerRun; slice++) {
    if (!(await db().$transaction(purgeSlice, { isolationLevel }))) return;
    await pause(pauseMs);
  }
}

/** Returns whether it found something to remove. */
async function purgeSlice(tx: Tx): Promise<boolean> {
  const [room] = await tx.$queryRaw<{ id: string; organizationId: string; picture: string | null }[]>`
    SELECT id, "organizationId", picture FROM "Room" WHERE "deletedAt" < now() - make_interval(days => ${keptDays}::int)
    ORDER BY "deletedAt" LIMIT 1 FOR UPDATE SKIP LOCKED`;
  if (!room) return false;
  const removedReactions = await tx.$executeRaw`
    DELETE FROM "Reaction" x WHERE x.ctid = ANY(ARRAY(
      SELECT ctid FROM "Reaction" WHERE "roomId" = ${room.id}::uuid ORDER BY "changedSeq" LIMIT ${sliceSize * 10}))`;
  if (removedReactions > 0) return true;
  // Deletes the newest messages first, because a reply refers to an earlier message.
  const removed = await tx.$executeRaw`
    DELETE FROM "Message" m USING (
      SELECT seq FROM "Message" WHERE "roomId" = ${room.id}::uuid ORDER BY seq DESC LIMIT ${sliceSize}) slice
    WHERE m."roomId" = ${room.id}::uuid AND m.seq = slice.seq`;
  if (removed > 0) return true;
  // Removes the picture before the row. If this process ends in between, another process finds the row and tries again.
  if (room.picture) await removePicture(room.organizationId, room.picture);
  await tx.room.delete({ where: { id: room.id }, select: { id: true } });
  return true;
}
