import { entriesIn, entriesOf } from "@/lib/domain/room/entries";
import { Prisma, type Tx } from "@/lib/server/db";
import type { Announce } from "@/lib/server/handler";

/** The most people of a room who are told at once that somebody asks to join. The others see it when they load the room again. */
const maxTold = 100;

/** Tells those who decide about a room's requests to join how many there are now: its moderators and admins. */
export async function announceToDeciders(tx: Tx, announce: Announce, roomId: string): Promise<void> {
  const condition = Prisma.sql`me."deactivatedAt" IS NULL AND (m.role <> 'member' OR me.role IN ('owner', 'admin'))`;
  const entries = await entriesIn(tx, roomId, { condition, limit: maxTold });
  for (const [personId, entry] of entries) announce.me(personId, { type: "entry", entry });
}

/** Moves the clock of somebody whose request changed. Their tabs load again what shows it: their requests, and the link's page. */
export const announceToAsker = (announce: Announce, personId: string): void => announce.me(personId);

/**
 * Tells someone who begins or ceases to run the organization how many people ask to join the rooms that they are a plain member of.
 * Their new role is not written yet. The rooms are not locked: a request that is sent at this moment shows with the next one.
 */
export async function announceRequestsTo(tx: Tx, announce: Announce, personId: string, runs: boolean): Promise<void> {
  // A change of the membership must not get in between.
  const rooms = await tx.$queryRaw<{ id: string; count: number }[]>`
    SELECT m."roomId" AS id, (
      SELECT count(*)::int FROM "JoinRequest" q WHERE q."roomId" = m."roomId" AND q.state = 'pending') AS count
    FROM "Membership" m WHERE m."personId" = ${personId}::uuid AND m.role = 'member'
      AND EXISTS (SELECT 1 FROM "JoinRequest" q WHERE q."roomId" = m."roomId" AND q.state = 'pending')
    ORDER BY m."roomId" FOR NO KEY UPDATE OF m`;
  if (rooms.length === 0) return;
  const entries = await entriesOf(
    tx,
    personId,
    rooms.map(({ id }) => id),
  );
  for (const entry of entries) {
    const requestCount = runs ? (rooms.find(({ id }) => id === entry.room.id)?.count ?? 0) : 0;
    announce.me(personId, { type: "entry", entry: { ...entry, requestCount } });
  }
}

/** Ends the pending requests of these people to join a room. The caller has locked the room. */
export async function endJoinRequests(
  tx: Tx,
  announce: Announce,
  { roomId, personIds }: { roomId: string; personIds: string[] },
  state: "approved" | "withdrawn",
): Promise<void> {
  const ended = await tx.joinRequest.updateManyAndReturn({
    where: { roomId, personId: { in: personIds }, state: "pending" },
    data: { state, endedAt: new Date() },
    select: { personId: true },
  });
  if (ended.length === 0) return;
  for (const { personId } of ended) announceToAsker(announce, personId);
  await announceToDeciders(tx, announce, roomId);
}

/** Ends the pending requests to join rooms that nobody has to ask for any longer. The caller has locked the rooms. */
export async function endRequestsTo(tx: Tx, announce: Announce, roomIds: string[]): Promise<void> {
  const ended = await tx.$queryRaw<{ roomId: string; personId: string }[]>`
    UPDATE "JoinRequest" SET state = 'withdrawn', "endedAt" = now()
    WHERE "roomId" = ANY(${roomIds}::uuid[]) AND state = 'pending' RETURNING "roomId", "personId"`;
  for (const { personId } of ended) announceToAsker(announce, personId);
  for (const roomId of new Set(ended.map((row) => row.roomId))) await announceToDeciders(tx, announce, roomId);
}

/** Ends the pending requests of somebody who can no longer sign in or ask. The caller has locked these rooms (`roomsAskedBy`). */
export async function withdrawRequestsOf(tx: Tx, announce: Announce, personId: string): Promise<void> {
  const pending = await tx.joinRequest.findMany({ where: { personId, state: "pending" }, select: { roomId: true } });
  for (const { roomId } of pending) await endJoinRequests(tx, announce, { roomId, personIds: [personId] }, "withdrawn");
}

/** The rooms that somebody asks to join. For Prisma. */
export const roomsAskedBy = (personId: string): Prisma.RoomWhereInput[] => [
  { joinRequests: { some: { personId, state: "pending" } } },
];

/** How many people ask to join a room, for those of its new members who decide about that: owners and admins. */
export async function countRequestsFor(tx: Tx, roomId: string, personIds: string[]): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<{ id: string; count: number }[]>`
    SELECT p.id, (SELECT count(*)::int FROM "JoinRequest" q WHERE q."roomId" = ${roomId}::uuid AND q.state = 'pending') AS count
    FROM "Person" p WHERE p.id = ANY(${personIds}::uuid[]) AND p.role IN ('owner', 'admin')`;
  return new Map(rows.map(({ id, count }) => [id, count]));
}
