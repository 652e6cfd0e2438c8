import type { Notice } from "@/lib/contract/message";
import { tickWithNotice } from "@/lib/domain/room/clock";
import { withdrawUnsupported } from "@/lib/domain/room/withdraw";
import type { Tx } from "@/lib/server/db";
import type { Announce } from "@/lib/server/handler";

/**
 * Removes a person from a room at one tick of its clock. They receive no later message, and what they made in it ends. The caller
 * has locked the room.
 */
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
  await withdrawUnsupported(tx, announce, { roomIds: [room.id], makerIds: [personId] });
}

/** One notice names at most this many people. */
const maxNamed = 500;

/** Removes many people from a room, `maxNamed` of them at each tick. The caller has locked the room. */
export async function removePeople(
  tx: Tx,
  announce: Announce,
  room: { id: string; organizationId: string },
  personIds: string[],
  byId: string,
): Promise<void> {
  for (let at = 0; at < personIds.length; at += maxNamed) {
    const named = personIds.slice(at, at + maxNamed);
    await tx.$executeRaw`
      WITH removed AS MATERIALIZED (
        SELECT "personId" FROM "Membership" WHERE "roomId" = ${room.id}::uuid AND "personId" = ANY(${named}::uuid[])
        ORDER BY "personId" FOR UPDATE)
      DELETE FROM "Membership" m USING removed WHERE m."roomId" = ${room.id}::uuid AND m."personId" = removed."personId"`;
    await tickWithNotice(tx, room, byId, { type: "removed", personIds: named });
    for (const personId of named) announce.me(personId, { type: "gone", roomId: room.id });
    announce.room(room.id);
  }
}
