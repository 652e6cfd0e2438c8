import { AsyncLocalStorage } from "node:async_hooks";
import { codesOf } from "./database-error";
import type { Tx } from "./db";
import { remainingMs, tooLate } from "./deadline";
import { env } from "./env";
import { once } from "./once";
import { makeTurns, type Turns } from "./turns";

/** The share of the database connections that may wait for locked rooms. Statements that store messages are not limited by it. */
const waiterShare = 0.2;
/** The longest that a transaction waits for a locked room, in ms. Most locks last a few milliseconds. */
const maxWaitMs = 100;
/** How many requests may wait for one room, and for all rooms together. Others are refused with `busy`. */
const maxWaiting = { perRoom: 1_000, total: 5_000 };

/** Thrown in a transaction that needs a room which another transaction has locked. */
export class RoomIsLocked extends Error {
  override readonly name = "RoomIsLocked";
  constructor(readonly roomId: string) {
    super(`Room ${roomId} is locked.`);
  }
}

const isRoomLocked = (error: unknown): error is RoomIsLocked => (error as Error | null)?.name === "RoomIsLocked";

interface State {
  /** The id of the room that the current request waits for; `allRooms` if its transactions may wait for every locked room. */
  awaited: AsyncLocalStorage<string>;
  /**
   * The queue of each locked room, by room id. Only the first request of a queue takes a turn of `all`, so that one room cannot
   * use all turns.
   */
  ofRoom: Map<string, Turns>;
  all: Turns;
}

const state = () =>
  once<State>("room-locks", () => ({
    awaited: new AsyncLocalStorage(),
    ofRoom: new Map(),
    all: makeTurns({
      maxConcurrent: Math.max(1, Math.floor(env().poolSize * waiterShare)),
      maxWaitingPerKey: maxWaiting.total,
      maxWaiting: maxWaiting.total,
    }),
  }));

const allRooms = "all";

/** Whether this transaction may wait for every locked room. */
export const mayWaitForRooms = (): boolean => state().awaited.getStore() === allRooms;

/** Calls `run`, and lets its transactions wait for all locked rooms. Tests see with it which locks a transaction takes. */
export const waitingForRooms = <T>(run: () => Promise<T>): Promise<T> => state().awaited.run(allRooms, run);

/** The id of the room that the current request waits for, because its earlier transaction found the room locked. */
export function awaitedRoom(): string | null {
  const awaited = state().awaited.getStore();
  return awaited === allRooms ? null : (awaited ?? null);
}

/**
 * Locks the room that the current request waits for. Call it first in a transaction, because a transaction that waits must not hold
 * other rooms: that would delay requests for them.
 */
export async function lockAwaitedRoom(tx: Tx): Promise<void> {
  const roomId = awaitedRoom();
  if (roomId !== null) await lockBriefly(tx, roomId);
}

/**
 * Locks a room. Throws `RoomIsLocked` if it is not free within 100 ms, because other requests may be waiting for a room that this
 * transaction holds, or for its turn.
 */
export async function lockBriefly(tx: Tx, roomId: string): Promise<void> {
  await tx.$queryRaw`SELECT set_config('lock_timeout', ${`${maxWaitMs}ms`}, true)`;
  try {
    await tx.$queryRaw`SELECT 1 FROM "Room" WHERE id = ${roomId}::uuid FOR NO KEY UPDATE`;
  } catch (error) {
    throw codesOf(error).includes("55P03") ? new RoomIsLocked(roomId) : error;
  }
  await tx.$queryRaw`SELECT set_config('lock_timeout', '0', true)`;
}

/**
 * Calls `run`. If it fails with `RoomIsLocked`, calls it again once it is this request's turn to wait for the room. Until then,
 * the request holds no database connection, so a locked room does not block the other rooms. Throws `busy` once the caller has
 * stopped waiting for the answer. `receivedAt` is when the request came, by `performance.now()`.
 */
export async function withRoomLocks<T>(run: () => Promise<T>, receivedAt = performance.now()): Promise<T> {
  for (let roomId: string | null = null; ; ) {
    try {
      return await (roomId === null ? run() : waitInTurn(roomId, run, receivedAt));
    } catch (error) {
      roomId = lockedRoom(error, receivedAt);
    }
  }
}

/** The room that was locked, if that is the error, and if there is time to wait for it. Otherwise throws. */
function lockedRoom(error: unknown, receivedAt: number): string {
  if (!isRoomLocked(error)) throw error;
  if (remainingMs(receivedAt) <= 0) throw tooLate();
  return error.roomId;
}

/**
 * Takes the room's turn once and keeps it, so that the requests for a room are executed in their order. Takes a turn of `all` for
 * each attempt and gives it back, so that a room that is locked for long does not delay other rooms.
 */
async function waitInTurn<T>(roomId: string, run: () => Promise<T>, receivedAt: number): Promise<T> {
  const { ofRoom, all } = state();
  const turns =
    ofRoom.get(roomId) ??
    makeTurns({ maxConcurrent: 1, maxWaitingPerKey: maxWaiting.perRoom, maxWaiting: maxWaiting.perRoom });
  ofRoom.set(roomId, turns);
  const endTurnOfRoom = await turns.take({ key: null });
  try {
    for (;;) {
      const endTurn = await all.take({ key: null });
      try {
        return await state().awaited.run(roomId, run);
      } catch (error) {
        if (lockedRoom(error, receivedAt) !== roomId) throw error;
      } finally {
        endTurn();
      }
    }
  } finally {
    endTurnOfRoom();
    if (turns.isIdle()) ofRoom.delete(roomId);
  }
}
