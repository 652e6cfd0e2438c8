import { changeLogs } from "@/lib/server/announcements";
import { Prisma } from "@/lib/server/db";
import { endRoomInvites } from "./announce";

/** Invites in one transaction, which locks the logs of two people for each. */
const batch = 200;

/**
 * Ends invites that have expired, so that both people's devices learn of it. They cannot be accepted even before. Skips locked
 * rows: another process may be doing the same, or somebody answers.
 */
export async function expireRoomInvites(): Promise<void> {
  await changeLogs((tx, announce) => {
    const due = Prisma.sql`i.id IN (
      SELECT id FROM "RoomInvite" WHERE state = 'pending' AND "expiresAt" <= now()
      ORDER BY id LIMIT ${batch} FOR NO KEY UPDATE SKIP LOCKED)`;
    return endRoomInvites(tx, announce, due, "expired");
  });
}
