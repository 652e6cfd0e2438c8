import { backOff } from "./back-off";
import { toCallError } from "./call-error";
import { putRoom } from "./catch-up";
import type { Call } from "./http";
import type { ThreadReading } from "./parley";
import { newestMessages } from "./ranges";
import { forgetPendingRead, markReadOnThisDevice } from "./room-log";
import type { RoomState } from "./room-state";
import type { RoomsStore } from "./stores/rooms";

/** How long to wait before a read position is sent. If I read on meanwhile, only the later position is sent. */
const sendAfterMs = 300;

/** Moves my read positions forward: in the store immediately, on the server soon after. */
export function createReadPositions({ store, call }: { store: RoomsStore; call: Call }) {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** The request that is sending a position, by room. */
  const requests = new Map<string, Promise<unknown>>();
  /** The read positions in threads, by thread. */
  const threads = new Map<string, ThreadReading>();
  const retryDelay = backOff({ firstMs: 1_000, maxMs: 30_000 });
  let isRunning = true;
  let isSendingInTurn = false;

  const pendingIn = (roomId: string): number => store.getState().rooms.get(roomId)?.pendingReadSeq ?? 0;

  function sendLater(roomId: string, ms: number): void {
    if (!timers.has(roomId))
      timers.set(
        roomId,
        setTimeout(() => void sendAndGoOn(roomId), ms),
      );
  }
  async function sendAndGoOn(roomId: string): Promise<void> {
    if (await send(roomId)) await sendInTurn();
  }
  /** Call when a position must no longer be sent. */
  function forget(roomId: string, upToSeq: number): void {
    const room = store.getState().rooms.get(roomId);
    if (room) store.setState((state) => putRoom(state, forgetPendingRead(room, upToSeq)));
  }
  /** Sends the room's position. Resolves to false if it will be sent again. */
  async function send(roomId: string): Promise<boolean> {
    clearTimeout(timers.get(roomId));
    timers.delete(roomId);
    const upToSeq = pendingIn(roomId);
    if (upToSeq === 0) return true;
    const request = call("room.read", { roomId, upToSeq });
    requests.set(roomId, request);
    try {
      await request;
      retryDelay.reset();
      forget(roomId, upToSeq);
      return true;
    } catch (thrown) {
      const { code, retryAfterMs } = toCallError(thrown);
      // Do not retry if the room no longer exists or I am not a member. Retry after any other error.
      if (code === "not_found") forget(roomId, upToSeq);
      else if (isRunning) sendLater(roomId, retryAfterMs ?? retryDelay.next());
      return code === "not_found";
    } finally {
      if (requests.get(roomId) === request) requests.delete(roomId);
    }
  }

  /**
   * Sends the pending positions one after another, so that a thousand of them stay within the server's limits. Stops at the first
   * that has to be sent again, and goes on when it was sent.
   */
  async function sendInTurn(): Promise<void> {
    if (isSendingInTurn) return;
    isSendingInTurn = true;
    const next = () => [...store.getState().rooms.values()].find(({ pendingReadSeq }) => pendingReadSeq > 0);
    for (let room = next(); room && isRunning && (await send(room.roomId)); ) room = next();
    isSendingInTurn = false;
  }

  return {
    markRead(roomId: string, upToSeq: number): void {
      const room = store.getState().rooms.get(roomId);
      // The position only moves forward, and never beyond the newest message.
      if (!room || upToSeq <= room.membership.lastReadSeq || upToSeq > newestSeq(room)) return;
      store.setState((state) => putRoom(state, markReadOnThisDevice(room, upToSeq)));
      sendLater(roomId, sendAfterMs);
    },
    /** Marks everything in these rooms as read, with one change of the store. The positions are sent one after another. */
    markAllRead(roomIds: readonly string[]): void {
      store.setState((state) => {
        const rooms = new Map(state.rooms);
        for (const roomId of roomIds) {
          const room = rooms.get(roomId);
          if (!room || room.clock <= room.membership.lastReadSeq) continue;
          rooms.set(roomId, markReadOnThisDevice(room, room.clock));
        }
        return { ...state, rooms };
      });
      void sendInTurn();
    },
    /**
     * Marks a room as unread from the message at `fromSeq` on. Drops the pending read position. If a position is being sent, waits
     * for the answer, because the server could store it after this. Rejects with a `CallError`.
     */
    async markUnread(roomId: string, fromSeq: number): Promise<void> {
      forget(roomId, pendingIn(roomId));
      await requests.get(roomId)?.catch(() => {});
      await call("room.markUnread", { roomId, fromSeq });
    },
    /** Sends all pending read positions now. Call when the connection is back. */
    sendAllNow(): void {
      isRunning = true;
      void sendInTurn();
      for (const thread of threads.values()) thread.sendNow();
    },
    /** The read position in a thread, which outlives the thread's panel. */
    threadReading(threadId: string, create: () => ThreadReading): ThreadReading {
      const reading = threads.get(threadId) ?? create();
      threads.set(threadId, reading);
      return reading;
    },
    stop(): void {
      isRunning = false;
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      for (const thread of threads.values()) thread.stop();
    },
  };
}

/** The newest `seq` in the room. It can exceed the clock: the answer to a sent message may arrive before its frame. */
function newestSeq({ clock, ranges }: RoomState): number {
  return Math.max(clock, newestMessages(ranges).at(-1)?.seq ?? 0);
}
