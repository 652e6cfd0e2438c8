import { limits } from "@/lib/contract/limits";
import type { RoomEntry } from "@/lib/contract/room";
import { type MessageJson, presentMessageJson } from "@/lib/domain/message/present";
import type { Tx } from "@/lib/server/db";
import { presentRoom, roomParts } from "./present";

interface Reading {
  roomId: string;
  unread: number[];
  last: MessageJson | null;
}

/**
 * Rooms of a person with everything a sidebar shows: all of them, or those named. Three statements however
 * many rooms there are; run in a snapshot when the clocks must agree with anything else that is read.
 */
export async function entriesOf(tx: Tx, personId: string, roomIds?: string[]): Promise<RoomEntry[]> {
  const memberships = await tx.membership.findMany({
    where: { personId, ...(roomIds && { roomId: { in: roomIds } }) },
    include: { room: { include: roomParts } },
  });
  const ids = memberships.map((membership) => membership.roomId);
  const readings = ids.length === 0 ? [] : await readingsOf(tx, personId, ids);
  const byRoom = new Map(readings.map((reading) => [reading.roomId, reading]));
  return memberships.map(({ room, roomId, role, lastReadSeq, joinedSeq }) => {
    const reading = byRoom.get(roomId);
    return {
      room: presentRoom(room),
      membership: { roomId, role, lastReadSeq, joinedSeq },
      clock: room.clock,
      unread: reading?.unread ?? [],
      lastMessage: reading?.last ? presentMessageJson(reading.last) : null,
    };
  });
}

/** Unread is what others wrote after my place, notices and tombstones aside: counted from the rows each time. */
function readingsOf(tx: Tx, personId: string, roomIds: string[]): Promise<Reading[]> {
  return tx.$queryRaw<Reading[]>`
    SELECT m."roomId",
      ARRAY(SELECT u.seq FROM (
        SELECT x.seq FROM "Message" x
        WHERE x."roomId" = m."roomId" AND x.seq > m."lastReadSeq" AND x.kind <> 'notice'
          AND x."deletedAt" IS NULL AND x."authorId" IS DISTINCT FROM m."personId"
        ORDER BY x.seq DESC LIMIT ${limits.unread}) u ORDER BY u.seq) AS unread,
      (SELECT row_to_json(l) FROM (
        SELECT * FROM "Message" x WHERE x."roomId" = m."roomId" AND x.kind <> 'notice' AND x."deletedAt" IS NULL
        ORDER BY x.seq DESC LIMIT 1) l) AS last
    FROM "Membership" m WHERE m."personId" = ${personId}::uuid AND m."roomId" = ANY(${roomIds}::uuid[])`;
}
