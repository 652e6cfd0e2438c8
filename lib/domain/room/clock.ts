import { uuidv7 } from "uuidv7";
import type { Notice } from "@/lib/contract/message";
import type { Tx } from "@/lib/server/db";

/** Moves the room's clock by one, and returns its new value. Locks the room's row until the transaction ends. */
export async function tick(tx: Tx, roomId: string): Promise<number> {
  const { clock } = await tx.room.update({
    where: { id: roomId },
    data: { clock: { increment: 1 } },
    select: { clock: true },
  });
  return clock;
}

/** Moves the room's clock by one for a change of the room or its members. Returns the clock's new value. */
export async function tickRoom(tx: Tx, roomId: string): Promise<number> {
  const seq = await tick(tx, roomId);
  await tx.room.update({ where: { id: roomId }, data: { changedSeq: seq }, select: { id: true } });
  return seq;
}

/** Like `tickRoom`, for a change of the room's pinned messages. */
export async function tickPins(tx: Tx, roomId: string): Promise<number> {
  const [{ clock } = { clock: 0 }] = await tx.$queryRaw<{ clock: number }[]>`
    UPDATE "Room" SET clock = clock + 1, "changedSeq" = clock + 1, "pinsSeq" = clock + 1 WHERE id = ${roomId}::uuid
    RETURNING clock`;
  return clock;
}

/**
 * The notices that are left out of a room's log if the room has turned notices off. Notices about who may read and write are
 * always written.
 */
const quietTypes: ReadonlySet<Notice["type"]> = new Set(["renamed", "joined", "added", "left", "removed", "pinned"]);

/** Like `tickRoom`. Also writes a notice about the change to the log, unless the room has turned such notices off. */
export async function tickWithNotice(
  tx: Tx,
  room: { id: string; organizationId: string },
  authorId: string | null,
  notice: Notice,
): Promise<number> {
  const seq = await tickRoom(tx, room.id);
  if (quietTypes.has(notice.type) && !(await tellsNotices(tx, room.id))) return seq;
  const { id: roomId, organizationId } = room;
  await tx.message.create({
    data: { id: uuidv7(), organizationId, roomId, authorId, kind: "notice", notice, seq, changedSeq: seq },
    select: { id: true },
  });
  return seq;
}

/**
 * Like `tickWithNotice` for many rooms, with two statements: a person may leave thousands of rooms at once. The caller has locked
 * the rooms.
 */
export async function tickAllWithNotice<Room extends { id: string; organizationId: string }>(
  tx: Tx,
  rooms: readonly Room[],
  authorId: string | null,
  noticeOf: (room: Room) => Notice,
): Promise<void> {
  const ids = rooms.map(({ id }) => id);
  const ticked = await tx.$queryRaw<{ id: string; clock: number; notices: boolean }[]>`
    UPDATE "Room" SET clock = clock + 1, "changedSeq" = clock + 1 WHERE id = ANY(${ids}::uuid[]) RETURNING id, clock, notices`;
  const rowOf = new Map(ticked.map((row) => [row.id, row]));
  const data = rooms.flatMap((room) => {
    const { id: roomId, organizationId } = room;
    const notice = noticeOf(room);
    const row = rowOf.get(roomId);
    if (!row || (quietTypes.has(notice.type) && !row.notices)) return [];
    return [{ id: uuidv7(), organizationId, roomId, notice: JSON.stringify(notice), seq: row.clock }];
  });
  const column = <K extends keyof (typeof data)[number]>(name: K) => data.map((row) => row[name]);
  // Raw SQL with arrays: Prisma would take seconds to write the statement for thousands of rows.
  await tx.$executeRaw`
    INSERT INTO "Message" (id, "organizationId", "roomId", "authorId", kind, notice, seq, "changedSeq")
    SELECT n.id, n.organization, n.room, ${authorId}::uuid, 'notice', n.notice::jsonb, n.seq, n.seq
    FROM unnest(${column("id")}::uuid[], ${column("organizationId")}::uuid[], ${column("roomId")}::uuid[],
      ${column("notice")}::text[], ${column("seq")}::int[]) AS n(id, organization, room, notice, seq)`;
}

async function tellsNotices(tx: Tx, roomId: string): Promise<boolean> {
  return (await tx.room.findUniqueOrThrow({ where: { id: roomId }, select: { notices: true } })).notices;
}
