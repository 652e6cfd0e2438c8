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

/**
 * Tells someone who begins or ceases to run the organization how many people ask to join these rooms of theirs. Their new role is
 * not written yet. If they begin to, the caller has locked the rooms, so that no request is missed.
 */
export async function announceCountsTo(
  tx: Tx,
  announce: Announce,
  personId: string,
  { roomIds, runs }: { roomIds: string[]; runs: boolean },
): Promise<void> {
  if (roomIds.length === 0) return;
  const where = { roomId: { in: roomIds }, state: "pending" as const };
  const counts = runs ? await tx.joinRequest.groupBy({ by: ["roomId"], where, _count: true }) : [];
  for (const entry of await entriesOf(tx, personId, roomIds)) {
    const requestCount = counts.find(({ roomId }) => roomId === entry.room.id)?._count ?? 0;
    if (requestCount !== entry.requestCount)
      announce.me(personId, { type: "entry", entry: { ...entry, requestCount } });
  }
}

/** The rooms that someone is a plain member of and that people can ask to join. */
export async function roomsWithRequests(tx: Tx, personId: string): Promise<string[]> {
  const rooms = await tx.room.findMany({
    where: {
      memberships: { some: { personId, role: "member" } },
      OR: [{ askLink: { isNot: null } }, { joinRequests: { some: { state: "pending" } } }],
    },
    select: { id: true },
  });
  return rooms.map(({ id }) => id);
}

/** Ends the pending requests of these people to join a room. The caller has locked the room. */
export async function endJoinRequests(
  tx: Tx,
  announce: Announce,
  { roomId, personIds }: { roomId: string; personIds: string[] },
  state: "approved" | "withdrawn",
): Promise<void> {
  const { count } = await tx.joinRequest.updateMany({
    where: { roomId, personId: { in: personIds }, state: "pending" },
    data: { state, endedAt: new Date() },
  });
  if (count > 0) await announceToDeciders(tx, announce, roomId);
}

/** How many people ask to join a room, for those of its new members who decide about that: owners and admins. */
export async function countRequestsFor(tx: Tx, roomId: string, personIds: string[]): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<{ id: string; count: number }[]>`
    SELECT p.id, (SELECT count(*)::int FROM "JoinRequest" q WHERE q."roomId" = ${roomId}::uuid AND q.state = 'pending') AS count
    FROM "Person" p WHERE p.id = ANY(${personIds}::uuid[]) AND p.role IN ('owner', 'admin')`;
  return new Map(rows.map(({ id, count }) => [id, count]));
}
