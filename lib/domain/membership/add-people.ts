import type { Notice } from "@/lib/contract/message";
import { toRoom, roomFields } from "@/lib/domain/room/to-room";
import { tickWithNotice } from "@/lib/domain/room/clock";
import { entriesOf } from "@/lib/domain/room/entries";
import type { RoomEntry } from "@/lib/contract/room";
import type { RoomRole } from "@/lib/contract/room-role";
import type { Tx } from "@/lib/server/db";
import type { Announce } from "@/lib/server/handler";

/**
 * Adds people to a room at one tick of its clock, with nothing unread. Skips those who are members. The caller has locked the
 * room and checked the policy. Returns the entries of the new members, by person.
 */
export async function addPeople(
  tx: Tx,
  announce: Announce,
  room: { id: string; organizationId: string },
  personIds: string[],
  { byId, notice, role = "member" }: { byId: string; notice: (personIds: string[]) => Notice; role?: RoomRole },
): Promise<Map<string, RoomEntry>> {
  const { id: roomId, organizationId } = room;
  const memberships = await tx.membership.findMany({
    where: { roomId, personId: { in: personIds } },
    select: { personId: true },
  });
  const memberIds = new Set(memberships.map((membership) => membership.personId));
  const newcomers = [...new Set(personIds)].filter((id) => !memberIds.has(id));
  const entries = new Map<string, RoomEntry>();
  if (newcomers.length === 0) return entries;
  const seq = await tickWithNotice(tx, room, byId, notice(newcomers));
  await tx.membership.createMany({
    data: newcomers.map((personId) => ({ organizationId, roomId, personId, role, joinedSeq: seq, lastReadSeq: seq })),
  });
  // Their entries differ only in the person: all have read up to the tick at which they joined.
  const roomRow = await tx.room.findUniqueOrThrow({ where: { id: roomId }, include: roomFields });
  const [firstEntry] = await entriesOf(tx, newcomers[0] as string, [roomId]);
  for (const personId of newcomers) {
    const membership = { roomId, role, lastReadSeq: seq, readAtSeq: 0, joinedSeq: seq, tick: 0 };
    const entry = {
      room: toRoom(roomRow),
      membership,
      clock: seq,
      unread: [],
      lastMessage: firstEntry?.lastMessage ?? null,
    };
    entries.set(personId, entry);
    announce.me(personId, { type: "entry", entry });
  }
  announce.room(roomId);
  return entries;
}
