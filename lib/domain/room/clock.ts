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

/** What a room's log does not tell if its notices are off. It always tells what decides who may read and write. */
const quietTypes: ReadonlySet<Notice["type"]> = new Set(["renamed", "joined", "added", "left", "removed"]);

/** Like `tickRoom`, and writes a notice about the change to the log, unless the room's log does not tell it. */
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

async function tellsNotices(tx: Tx, roomId: string): Promise<boolean> {
  return (await tx.room.findUniqueOrThrow({ where: { id: roomId }, select: { notices: true } })).notices;
}
