import { limits } from "@/lib/contract/limits";
import type { Membership, Room, RoomEntry } from "@/lib/contract/room";
import { type MessageJson, presentMessageJson } from "@/lib/domain/message/present";
import { Prisma, type Tx } from "@/lib/server/db";
import { presentRoomJson, roomJson } from "./present-json";

interface Row extends Omit<Membership, "roomId"> {
  room: Room;
  clock: number;
  unread: number[];
  last: MessageJson | null;
}

/**
 * Reads a person's rooms, all or the given ones, with everything a sidebar shows, in one statement. Unread messages are those
 * that others wrote after `lastReadSeq`, without notices and deleted messages.
 */
export async function entriesOf(tx: Tx, personId: string, roomIds?: string[]): Promise<RoomEntry[]> {
  const named = roomIds ? Prisma.sql`AND m."roomId" = ANY(${roomIds}::uuid[])` : Prisma.empty;
  const rows = await tx.$queryRaw<Row[]>`
    SELECT ${roomJson} AS room, r.clock, m.role, m."lastReadSeq", m."joinedSeq",
      ARRAY(SELECT u.seq FROM (
        SELECT x.seq FROM "Message" x
        WHERE x."roomId" = m."roomId" AND x.seq > m."lastReadSeq" AND x.kind <> 'notice'
          AND x."deletedAt" IS NULL AND x."authorId" IS DISTINCT FROM m."personId"
        ORDER BY x.seq DESC LIMIT ${limits.unread}) u ORDER BY u.seq) AS unread,
      (SELECT row_to_json(l) FROM (
        SELECT x.id, x."roomId", x."authorId", x.kind, left(x.body, ${limits.preview}) AS body, x.notice, x.seq,
          x."changedSeq", x."createdAt", x."editedAt", x."deletedAt"
        FROM "Message" x WHERE x."roomId" = m."roomId" AND x.kind <> 'notice' AND x."deletedAt" IS NULL
        ORDER BY x.seq DESC LIMIT 1) l) AS last
    FROM "Membership" m JOIN "Room" r ON r.id = m."roomId" WHERE m."personId" = ${personId}::uuid ${named}`;
  return rows.map(({ room, clock, unread, last, role, lastReadSeq, joinedSeq }) => ({
    room: presentRoomJson(room),
    membership: { roomId: room.id, role, lastReadSeq, joinedSeq },
    clock,
    unread,
    lastMessage: last && presentMessageJson(last),
  }));
}
