import { AsyncLocalStorage } from "node:async_hooks";
import { env } from "./env";
import { once } from "./once";
import { makeTurns, type Turns } from "./turns";

/** The share of the database connections that may wait for locked rooms. Statements that store messages are not limited by it. */
const waiterShare = 0.2;
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
  /** Whether the current request may wait for a locked room inside its transaction. */
  mayWait: AsyncLocalStorage<boolean>;
  /**
   * The queue of each locked room, by room id. Only the first request of a queue takes a turn of `all`, so that one room cannot
   * use all turns.
   */
  ofRoom: Map<string, Turns>;
  all: Turns;
}

const state = () =>
  once<State>("room-locks", () => ({
    mayWait: new AsyncLocalStorage(),
    ofRoom: new Map(),
    all: makeTurns({
      maxConcurrent: Math.max(1, Math.floor(env().poolSize * waiterShare)),
      maxWaitingPerKey: maxWaiting.total,
      maxWaiting: maxWaiting.total,
    }),
  }));

/** Whether this transaction may wait for a locked room. If not, it must throw `RoomIsLocked`. */
export const mayWaitForRooms = (): boolean => state().mayWait.getStore() ?? false;

/** Calls `run`, and lets its transactions wait for locked rooms. */
export const waitingForRooms = <T>(run: () => Promise<T>): Promise<T> => state().mayWait.run(true, run);

/**
 * Calls `run`. If it fails with `RoomIsLocked`, calls it again once it is this request's turn to wait for the room. Until then,
 * the request holds no database connection, so a locked room does not block the other rooms.
 */
export async function withRoomLocks<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!isRoomLocked(error)) throw error;
    return waitInTurn(error.roomId, run);
  }
}

async function waitInTurn<T>(roomId: string, run: () => Promise<T>): Promise<T> {
  const { ofRoom, all } = state();
  const turns =
    ofRoom.get(roomId) ??
    makeTurns({ maxConcurrent: 1, maxWaitingPerKey: maxWaiting.perRoom, maxWaiting: maxWaiting.perRoom });
  ofRoom.set(roomId, turns);
  const endTurnOfRoom = await turns.take({ key: null });
  try {
    const endTurn = await all.take({ key: null });
    try {
      return await waitingForRooms(run);
    } finally {
      endTurn();
    }
  } finally {
    endTurnOfRoom();
    if (turns.isIdle()) ofRoom.delete(roomId);
  }
}
