import { entriesIn, entriesOf } from "@/lib/domain/room/entries";
import { Prisma, type Tx } from "@/lib/server/db";
import type { Announce } from "@/lib/server/handler";

/** At most this many moderators and admins are notified of a request. The others see it when they load the room again. */
const maxTold = 100;

/** Sends a room's moderators and admins the current number of its requests to join. */
export async function announceToDeciders(tx: Tx, announce: Announce, roomId: string): Promise<void> {
  const condition = Prisma.sql`me."deactivatedAt" IS NULL AND (m.role <> 'member' OR me.role IN ('owner', 'admin'))`;
  const entries = await entriesIn(tx, roomId, { condition, limit: maxTold });
  for (const [personId, entry] of entries) announce.me(personId, { type: "entry", entry });
}

/** Moves the clock of a person whose request changed. Their tabs then reload their requests and the link's page. */
export const announceToAsker = (announce: Announce, personId: string): void => announce.me(personId);

/**
 * Sends new request counts to a person who becomes or stops being an owner or admin, for the rooms in which they are a plain
 * member. The new role is not written yet. The rooms are not locked, so a request that arrives at this moment is counted only
 * with the next one.
 */
export async function announceRequestsTo(tx: Tx, announce: Announce, personId: string, runs: boolean): Promise<void> {
  // Locks the memberships, so that they do not change in the meantime.
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

/** Ends all pending requests to join rooms that became public or were deleted. The caller has locked the rooms. */
export async function endRequestsTo(tx: Tx, announce: Announce, roomIds: string[]): Promise<void> {
  const ended = await tx.$queryRaw<{ roomId: string; personId: string }[]>`
    UPDATE "JoinRequest" SET state = 'withdrawn', "endedAt" = now()
    WHERE "roomId" = ANY(${roomIds}::uuid[]) AND state = 'pending' RETURNING "roomId", "personId"`;
  for (const { personId } of ended) announceToAsker(announce, personId);
  for (const roomId of new Set(ended.map((row) => row.roomId))) await announceToDeciders(tx, announce, roomId);
}

/**
 * Ends the pending requests of a person who can no longer sign in or may no longer ask. The caller has locked the rooms of these
 * requests (`roomsAskedBy`).
 */
export async function withdrawRequestsOf(tx: Tx, announce: Announce, personId: string): Promise<void> {
  const pending = await tx.joinRequest.findMany({ where: { personId, state: "pending" }, select: { roomId: true } });
  for (const { roomId } of pending) await endJoinRequests(tx, announce, { roomId, personIds: [personId] }, "withdrawn");
}

/** For Prisma: matches the rooms that this person has a pending request for. */
export const roomsAskedBy = (personId: string): Prisma.RoomWhereInput[] => [
  { joinRequests: { some: { personId, state: "pending" } } },
];

/**
 * The number of requests to join a room, by person, for its new members who are owners or admins: they decide about the requests.
 */
export async function countRequestsFor(tx: Tx, roomId: string, personIds: string[]): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<{ id: string; count: number }[]>`
    SELECT p.id, (SELECT count(*)::int FROM "JoinRequest" q WHERE q."roomId" = ${roomId}::uuid AND q.state = 'pending') AS count
    FROM "Person" p WHERE p.id = ANY(${personIds}::uuid[]) AND p.role IN ('owner', 'admin')`;
  return new Map(rows.map(({ id, count }) => [id, count]));
}
