import type { Notice } from "@/lib/contract/message";
import { presentRoom, roomParts } from "@/lib/domain/room/present";
import { tickWithNotice } from "@/lib/domain/room/clock";
import { entriesOf } from "@/lib/domain/room/entries";
import type { RoomRole } from "@/lib/contract/room";
import type { Tx } from "@/lib/server/db";
import type { Announce } from "@/lib/server/handler";

/**
 * Lets people into a room at one tick of its clock; those who are in it already stay as they are.
 * They begin with nothing unread. The caller holds the room's lock and has asked the policy.
 */
export async function addPeople(
  tx: Tx,
  announce: Announce,
  room: { id: string; organizationId: string },
  personIds: string[],
  { byId, notice, role = "member" }: { byId: string; notice: (personIds: string[]) => Notice; role?: RoomRole },
): Promise<void> {
  const { id: roomId, organizationId } = room;
  const present = await tx.membership.findMany({
    where: { roomId, personId: { in: personIds } },
    select: { personId: true },
  });
  const there = new Set(present.map((membership) => membership.personId));
  const newcomers = [...new Set(personIds)].filter((id) => !there.has(id));
  if (newcomers.length === 0) return;
  const seq = await tickWithNotice(tx, room, byId, notice(newcomers));
  await tx.membership.createMany({
    data: newcomers.map((personId) => ({ organizationId, roomId, personId, role, joinedSeq: seq, lastReadSeq: seq })),
  });
  // Everybody's entry is the same but for whose it is: all have read up to the tick they joined at.
  const shared = await tx.room.findUniqueOrThrow({ where: { id: roomId }, include: roomParts });
  const [sample] = await entriesOf(tx, newcomers[0] as string, [roomId]);
  for (const personId of newcomers) {
    const membership = { roomId, role, lastReadSeq: seq, joinedSeq: seq };
    const entry = {
      room: presentRoom(shared),
      membership,
      clock: seq,
      unread: [],
      lastMessage: sample?.lastMessage ?? null,
    };
    announce.me(personId, { type: "entry", entry });
  }
  announce.ring(roomId);
}
