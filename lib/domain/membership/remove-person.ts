import type { Notice } from "@/lib/contract/message";
import { tickAllWithNotice, tickWithNotice } from "@/lib/domain/room/clock";
import { withdrawWithoutRight } from "@/lib/domain/room/withdraw";
import { Prisma, type Tx } from "@/lib/server/db";
import type { Announce } from "@/lib/server/handler";

/**
 * Removes a person from a room at one tick of its clock. They receive no later message. Their pending room invites and their ask
 * link end if they may no longer create them. The caller has locked the room.
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
  await withdrawWithoutRight(tx, announce, { roomIds: [room.id], makerIds: [personId] });
}

/** One notice names at most this many people. */
const maxNamed = 500;

/** The people who leave one room. */
export interface Leaving {
  room: { id: string; organizationId: string };
  personIds: string[];
}

/**
 * Removes many people from many rooms, up to `maxNamed` of them at each tick of a room. The number of statements does not depend
 * on the number of rooms. The caller has locked the rooms.
 */
export async function removePeople(
  tx: Tx,
  announce: Announce,
  leaving: readonly Leaving[],
  { byId, type }: { byId: string; type: "removed" | "left" },
): Promise<void> {
  const of = (from: readonly Leaving[]) => {
    const pairs = from.flatMap(({ room, personIds }) => personIds.map((personId) => ({ roomId: room.id, personId })));
    return Prisma.sql`unnest(
      ${pairs.map(({ roomId }) => roomId)}::uuid[], ${pairs.map(({ personId }) => personId)}::uuid[]) AS x(room, person)
      JOIN "Membership" m ON m."roomId" = x.room AND m."personId" = x.person`;
  };
  if (leaving.length === 0) return;
  // Locks all memberships before the first slice, so that the locks are taken in order.
  await tx.$executeRaw`SELECT 1 FROM ${of(leaving)} ORDER BY m."roomId", m."personId" FOR UPDATE OF m`;
  for (let at = 0, slice = leaving; slice.length > 0; at += maxNamed) {
    slice = leaving.flatMap(({ room, personIds }) => {
      const named = personIds.slice(at, at + maxNamed);
      return named.length > 0 ? [{ room, personIds: named }] : [];
    });
    const namedIn = new Map(slice.map(({ room, personIds }) => [room.id, personIds]));
    await tx.$executeRaw`
      DELETE FROM "Membership" d USING (SELECT m."roomId", m."personId" FROM ${of(slice)}) s
      WHERE d."roomId" = s."roomId" AND d."personId" = s."personId"`;
    const rooms = slice.map(({ room }) => room);
    await tickAllWithNotice(tx, rooms, byId, ({ id }) => ({ type, personIds: namedIn.get(id) ?? [] }));
    for (const { room, personIds } of slice) {
      for (const personId of personIds) announce.me(personId, { type: "gone", roomId: room.id });
      announce.room(room.id);
    }
  }
  const makerIds = [...new Set(leaving.flatMap(({ personIds }) => personIds))];
  await withdrawWithoutRight(tx, announce, { roomIds: leaving.map(({ room }) => room.id), makerIds });
}
