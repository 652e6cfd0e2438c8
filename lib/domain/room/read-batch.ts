import type { MeChange } from "@/lib/contract/home";
import type { Membership } from "@/lib/contract/room";
import { membershipColumns, withPlace } from "@/lib/domain/membership/to-membership";
import { type Actor, sessionIsValid } from "@/lib/server/actor";
import { db, Prisma, type Tx } from "@/lib/server/db";
import { inBatches } from "@/lib/server/batches";
import { announceChange } from "@/lib/server/logs";
import { once } from "@/lib/server/once";
import { touchPeople } from "@/lib/server/touch";

/** A person's request to move their read position in a room. */
export interface Read {
  actor: Actor;
  roomId: string;
  upToSeq: number;
}

/** A membership whose read position was requested to move, and the result. */
interface Moved {
  personId: string;
  /** The valid sessions that requested the move. */
  sessionIds: string[];
  /** Whether the position changed. */
  hasMoved: boolean;
  membership: Membership;
}

const keyOf = (personId: string, roomId: string) => `${personId} ${roomId}`;

/**
 * Moves a read position, in one transaction with requests that arrive at the same time. Resolves after the commit to the
 * membership, or to null if the person is not in the room or the session has ended.
 */
export async function readTogether(read: Read): Promise<Membership | null> {
  const batched = await once("reads", () => inBatches((batch: Read[]) => storeReads(batch, "skip")))(read);
  if (batched) return batched;
  // The batch skips a membership that another transaction has locked, so that the rest of the batch does not wait for it.
  return (await storeReads([read], "wait"))[0] ?? null;
}

/** Resolves to the memberships in the order of `reads`: null if there is none, the session has ended, or it was skipped. */
async function storeReads(reads: Read[], whenLocked: "skip" | "wait"): Promise<(Membership | null)[]> {
  const startedAt = performance.now();
  const isolationLevel = Prisma.TransactionIsolationLevel.ReadCommitted;
  const { moved, events } = await db().$transaction(
    async (tx) => {
      const locked = await lockMemberships(tx, reads, whenLocked);
      const rows = await moveForward(tx, locked);
      const changes = new Map<string, MeChange[]>();
      for (const { personId, membership } of rows.filter(({ hasMoved }) => hasMoved))
        changes.set(personId, [...(changes.get(personId) ?? []), { type: "read", membership }]);
      return { moved: rows, events: await touchPeople(tx, changes) };
    },
    { isolationLevel },
  );
  for (const [personId, frame] of events)
    announceChange("person", personId, { frame, versions: null, startedAt, isShared: true });
  const movedByKey = new Map(moved.map((one) => [keyOf(one.personId, one.membership.roomId), one]));
  return reads.map(({ actor, roomId }) => {
    const found = movedByKey.get(keyOf(actor.personId, roomId));
    return found?.sessionIds.includes(actor.sessionId) ? found.membership : null;
  });
}

/** Locks the memberships of these reads. Returns the reads whose memberships it has locked. */
async function lockMemberships(tx: Tx, reads: Read[], whenLocked: "skip" | "wait"): Promise<Read[]> {
  const rows = await tx.$queryRaw<{ personId: string; roomId: string }[]>`
    SELECT m."personId", m."roomId"
    FROM (SELECT DISTINCT * FROM unnest(${reads.map(({ actor }) => actor.personId)}::uuid[], ${reads.map(({ roomId }) => roomId)}::uuid[])
      AS x(person, room)) x
    JOIN "Membership" m ON m."personId" = x.person AND m."roomId" = x.room
    ORDER BY m."roomId", m."personId" FOR NO KEY UPDATE OF m ${whenLocked === "skip" ? Prisma.sql`SKIP LOCKED` : Prisma.empty}`;
  const keys = new Set(rows.map(({ personId, roomId }) => keyOf(personId, roomId)));
  return reads.filter(({ actor, roomId }) => keys.has(keyOf(actor.personId, roomId)));
}

/**
 * Moves the read positions of locked memberships. A position never moves back, because another device may have read further or
 * sent a message. Only reads of valid sessions count.
 */
async function moveForward(tx: Tx, reads: Read[]): Promise<Moved[]> {
  if (reads.length === 0) return [];
  const roomIds = reads.map(({ roomId }) => roomId);
  const rows = await tx.$queryRaw<(Membership & Omit<Moved, "membership"> & { clock: number; target: number })[]>`
    WITH asked AS (
      SELECT s."personId", x.room, max(x."upTo") AS "upTo", array_agg(s.id) AS "sessionIds"
      FROM unnest(${reads.map(({ actor }) => actor.sessionId)}::uuid[], ${roomIds}::uuid[], ${reads.map(({ upToSeq }) => upToSeq)}::int[]) AS x(session, room, "upTo")
      JOIN "Session" s ON s.id = x.session JOIN "Person" p ON p.id = s."personId"
      WHERE ${sessionIsValid} GROUP BY s."personId", x.room),
    found AS (
      SELECT m."personId", asked."sessionIds", ${membershipColumns}, r.clock, least(asked."upTo", r.clock) AS target
      FROM asked JOIN "Membership" m ON m."personId" = asked."personId" AND m."roomId" = asked.room
      JOIN "Room" r ON r.id = m."roomId" ${withPlace}),
    moved AS (
      UPDATE "Membership" m SET "lastReadSeq" = found.target, "readAtSeq" = found.clock FROM found
      WHERE m."personId" = found."personId" AND m."roomId" = found."roomId" AND found."lastReadSeq" < found.target
      RETURNING m."personId", m."roomId")
    SELECT found.*, moved."roomId" IS NOT NULL AS "hasMoved" FROM found LEFT JOIN moved USING ("personId", "roomId")`;
  return rows.map(({ personId, sessionIds, hasMoved, clock, target, ...membership }) => {
    if (hasMoved) Object.assign(membership, { lastReadSeq: target, readAtSeq: clock });
    return { personId, sessionIds, hasMoved, membership };
  });
}
