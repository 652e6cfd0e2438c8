import type { Notice } from "@/lib/contract/message";
import { tickWithNotice } from "@/lib/domain/room/clock";
import type { Tx } from "@/lib/server/db";
import type { Announce } from "@/lib/server/handler";

/** Takes somebody out of a room at one tick of its clock: nothing with a later place reaches them. The caller holds the room's lock. */
export async function removePerson(
  tx: Tx,
  announce: Announce,
  room: { id: string; organizationId: string },
  personId: string,
  byId: string,
  notice: Notice,
): Promise<void> {
  await tx.membership.delete({ where: { roomId_personId: { roomId: room.id, personId } } });
  await tickWithNotice(tx, room, byId, notice);
  announce.me(personId, { type: "gone", roomId: room.id });
  announce.ring(room.id);
}
