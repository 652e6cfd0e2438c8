import type { OwnReaction } from "@/lib/contract/reaction";
import { lockRoom } from "@/lib/domain/room/find";
import { isAppError } from "@/lib/server/app-error";
import { db, Prisma, type Tx } from "@/lib/server/db";
import { inBatches } from "@/lib/server/batches";
import { announceChange } from "@/lib/server/logs";
import { once } from "@/lib/server/once";
import { lockAwaitedRoom } from "@/lib/server/room-locks";
import { type Outcome, storeLocked, type Stored, type Wish } from "./store";

/** A batch skips a locked room. After this many batches, the reaction waits for the room in a transaction of its own. */
const maxTries = 3;

/**
 * Stores that a person reacts, or no longer does, in one transaction with the requests that arrive at the same time, and tells the room.
 * Throws the reason if it is refused.
 */
export async function react(wish: Wish): Promise<OwnReaction> {
  // One batch at a time: a second one would find the rooms of the first one locked.
  const batch = once("reactions", () => inBatches(storeBatch, { concurrent: 1 }));
  let outcome: Outcome | null = null;
  for (let tries = 0; tries < maxTries && !outcome; tries++) outcome = await batch(wish);
  outcome ??= await storeOne(wish);
  if (isAppError(outcome)) throw outcome;
  return outcome;
}

/** Stores wishes and announces the frames. In the result is null for a wish whose message does not exist, or whose room is locked. */
async function store(wishes: Wish[], lock: (tx: Tx) => Promise<Wish[]>): Promise<(Outcome | null)[]> {
  const startedAt = performance.now();
  const isolationLevel = Prisma.TransactionIsolationLevel.ReadCommitted;
  const run = async (tx: Tx): Promise<Stored> => storeLocked(tx, await lock(tx));
  const { outcomes, frames } = await db().$transaction(run, { isolationLevel });
  for (const { frame, versions } of frames)
    announceChange("room", frame.roomId, { frame, versions, startedAt, isShared: false });
  return wishes.map((wish) => outcomes.get(wish) ?? null);
}

function storeBatch(wishes: Wish[]): Promise<(Outcome | null)[]> {
  return store(wishes, async (tx) => {
    const locked = await tx.$queryRaw<{ messageIds: string[] }[]>`
      WITH asked AS (
        SELECT m.id, m."roomId" FROM unnest(${wishes.map(({ actor }) => actor.organizationId)}::uuid[],
          ${wishes.map(({ messageId }) => messageId)}::uuid[]) AS x(organization, message)
        JOIN "Message" m ON m."organizationId" = x.organization AND m.id = x.message),
      locked AS MATERIALIZED (
        SELECT r.id FROM "Room" r WHERE r.id IN (SELECT "roomId" FROM asked) ORDER BY r.id FOR NO KEY UPDATE SKIP LOCKED)
      SELECT array_agg(DISTINCT a.id) AS "messageIds" FROM asked a JOIN locked l ON l.id = a."roomId"`;
    const messageIds = new Set(locked.flatMap((row) => row.messageIds ?? []));
    return wishes.filter(({ messageId }) => messageIds.has(messageId));
  });
}

/** Stores one wish. If its room is locked, the request begins again when it is its turn (`withRoomLocks`). */
async function storeOne(wish: Wish): Promise<Outcome> {
  const { organizationId } = wish.actor;
  const [outcome] = await store([wish], async (tx) => {
    await lockAwaitedRoom(tx);
    const message = await tx.message.findUnique({
      where: { organizationId_id: { organizationId, id: wish.messageId } },
      select: { roomId: true },
    });
    if (message) await lockRoom(tx, organizationId, message.roomId);
    return [wish];
  });
  return outcome as Outcome;
}
