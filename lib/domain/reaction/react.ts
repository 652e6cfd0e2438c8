import type { OwnReaction } from "@/lib/contract/reaction";
import { lockRoom } from "@/lib/domain/room/find";
import { isAppError } from "@/lib/server/app-error";
import { db, Prisma, type Tx } from "@/lib/server/db";
import { inBatches } from "@/lib/server/gather";
import type { Announce } from "@/lib/server/handler";
import { once } from "@/lib/server/once";
import { lockAwaitedRoom } from "@/lib/server/room-locks";
import { type Outcome, storeLocked, type Wish } from "./store";

/**
 * Stores that a person reacts, or no longer does, in one transaction with the requests that arrive at the same time. Announces the room if
 * that is a change. Throws the reason if it is refused.
 */
export async function react(wish: Wish, announce: Announce): Promise<OwnReaction> {
  const batched = await once("reactions", () => inBatches(storeBatch))(wish);
  // The batch skips a room that another transaction has locked, so that its other wishes do not wait for it.
  const outcome = batched ?? (await storeOne(wish));
  if (isAppError(outcome)) throw outcome;
  if (outcome.hasChanged) announce.room(outcome.reaction.roomId);
  return outcome.reaction;
}

const inTransaction = <T>(run: (tx: Tx) => Promise<T>): Promise<T> =>
  db().$transaction(run, { isolationLevel: Prisma.TransactionIsolationLevel.ReadCommitted });

/** Stores wishes about any messages. The result has null for those whose room is locked. */
function storeBatch(wishes: Wish[]): Promise<(Outcome | null)[]> {
  return inTransaction(async (tx) => {
    const lockedIds = await tx.$queryRaw<{ id: string; messageIds: string[] }[]>`
      WITH asked AS (
        SELECT m.id, m."roomId" FROM unnest(${wishes.map(({ actor }) => actor.organizationId)}::uuid[],
          ${wishes.map(({ messageId }) => messageId)}::uuid[]) AS x(organization, message)
        JOIN "Message" m ON m."organizationId" = x.organization AND m.id = x.message),
      locked AS MATERIALIZED (
        SELECT r.id FROM "Room" r WHERE r.id IN (SELECT "roomId" FROM asked) ORDER BY r.id FOR NO KEY UPDATE SKIP LOCKED)
      SELECT a."roomId" AS id, array_agg(DISTINCT a.id) AS "messageIds" FROM asked a JOIN locked l ON l.id = a."roomId" GROUP BY 1`;
    const messageIds = new Set(lockedIds.flatMap((room) => room.messageIds));
    const outcomes = await storeLocked(
      tx,
      wishes.filter(({ messageId }) => messageIds.has(messageId)),
    );
    return wishes.map((wish) => outcomes.get(wish) ?? null);
  });
}

/** Stores one wish. If its room is locked, the request begins again when it is its turn (`withRoomLocks`). */
function storeOne(wish: Wish): Promise<Outcome> {
  const { organizationId } = wish.actor;
  return inTransaction(async (tx) => {
    await lockAwaitedRoom(tx);
    const message = await tx.message.findUnique({
      where: { organizationId_id: { organizationId, id: wish.messageId } },
      select: { roomId: true },
    });
    if (message) await lockRoom(tx, organizationId, message.roomId);
    return (await storeLocked(tx, [wish])).get(wish) as Outcome;
  });
}
