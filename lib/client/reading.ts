import { backOff } from "./back-off";
import { toCallError } from "./call-error";
import { putRoom } from "./catch-up";
import type { Call } from "./http";
import { applyRead } from "./room-log";
import type { RoomsStore } from "./stores/rooms";

const gatherMs = 300;

/** Moves the person's read positions forward: in the store immediately, on the server soon after. */
export function createReading({ store, call }: { store: RoomsStore; call: Call }) {
  /** Read positions that the server has not confirmed, by room. */
  const pending = new Map<string, number>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const wait = backOff({ firstMs: 1_000, longestMs: 30_000 });
  let running = true;

  function later(roomId: string, ms: number): void {
    if (!timers.has(roomId))
      timers.set(
        roomId,
        setTimeout(() => void send(roomId), ms),
      );
  }
  async function send(roomId: string): Promise<void> {
    clearTimeout(timers.get(roomId));
    timers.delete(roomId);
    const upToSeq = pending.get(roomId);
    if (upToSeq === undefined) return;
    try {
      await call("room.read", { roomId, upToSeq });
      wait.reset();
      if (pending.get(roomId) === upToSeq) pending.delete(roomId);
    } catch (thrown) {
      const { code, retryAfterMs } = toCallError(thrown);
      // Retried even while connected, because the database may be unreachable. If the room is gone, it is dropped.
      if (code === "not_found") pending.delete(roomId);
      else if (running) later(roomId, retryAfterMs ?? wait.next());
    }
  }

  return {
    markRead(roomId: string, upToSeq: number): void {
      const room = store.getState().rooms.get(roomId);
      // Ignores a position that is already read, or that is beyond the newest message.
      if (!room || upToSeq <= room.membership.lastReadSeq || upToSeq > newest(room.clock, room.messages.at(-1)?.seq))
        return;
      store.setState((state) => putRoom(state, applyRead(room, { ...room.membership, lastReadSeq: upToSeq })));
      pending.set(roomId, upToSeq);
      later(roomId, gatherMs);
    },
    /** Sends all pending positions. Call it when the connection is restored. */
    flush(): void {
      running = true;
      for (const roomId of pending.keys()) void send(roomId);
    },
    stop(): void {
      running = false;
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}

/**
 * The newest `seq` of the room. The person's own message can be newer than the clock, because the reply comes before
 * the frame.
 */
function newest(clock: number, seq = 0): number {
  return Math.max(clock, seq);
}
