import type { Notice } from "@/lib/contract/message";
import { tickWithNotice } from "@/lib/domain/room/clock";
import type { Tx } from "@/lib/server/db";
import type { Announce } from "@/lib/server/handler";

/** Removes a person from a room at one tick of its clock. They receive no later message. The caller has locked the room. */
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
  announce.room(room.id);
}
