import { changeLogs } from "@/lib/server/announcements";
import { Prisma } from "@/lib/server/db";
import { endRoomInvites } from "./announce";

/** The number of invites in one transaction, which locks the logs of two people for each invite. */
const batch = 200;

/**
 * Ends invites that have expired, so that the devices of both people get the new state. Expired invites cannot be accepted even
 * before that. Skips locked rows: another process may be ending the invite, or the person may be answering it.
 */
export async function expireRoomInvites(): Promise<void> {
  await changeLogs((tx, announce) => {
    const due = Prisma.sql`i.id IN (
      SELECT id FROM "RoomInvite" WHERE state = 'pending' AND "expiresAt" <= now()
      ORDER BY id LIMIT ${batch} FOR NO KEY UPDATE SKIP LOCKED)`;
    return endRoomInvites(tx, announce, due, "expired");
  });
}
