import { backOff } from "./back-off";
import { isTemporary, toCallError } from "./call-error";
import { putRoom } from "./catch-up";
import type { Call } from "./http";
import type { Parley, ThreadReading } from "./parley";
import { forgetPendingThreadRead, markThreadReadOnThisDevice, unreadAfter, unreadOf } from "./threads";

type Client = Pick<Parley, "stores" | "call">;

/** How long to wait before a read position is sent. If I read on meanwhile, only the later position is sent. */
const sendAfterMs = 300;

/** Moves my read position in one thread forward: in the store immediately, on the server soon after. */
export function createThreadReading({ stores, call }: Client, roomId: string, threadId: string): ThreadReading {
  const retryDelay = backOff({ firstMs: 1_000, maxMs: 30_000 });
  /** The request that is sending a position. */
  let request: Promise<unknown> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isRunning = true;

  const roomNow = () => stores.rooms.getState().rooms.get(roomId);
  const pending = (): number => roomNow()?.threads.get(threadId)?.pendingReadSeq ?? 0;

  /** Call when a position must no longer be sent. */
  function forget(upToSeq: number): void {
    const room = roomNow();
    if (room) stores.rooms.setState((state) => putRoom(state, forgetPendingThreadRead(room, threadId, upToSeq)));
  }
  async function send(): Promise<void> {
    stopTimer();
    const upToSeq = pending();
    if (upToSeq === 0 || request) return;
    let waitMs = 0;
    request = call("thread.read", { threadId, upToSeq });
    try {
      await request;
      retryDelay.reset();
      forget(upToSeq);
    } catch (thrown) {
      const { code, retryAfterMs } = toCallError(thrown);
      if (isTemporary(code)) waitMs = retryAfterMs ?? retryDelay.next();
      else forget(upToSeq);
    }
    request = null;
    if (pending() > 0 && isRunning) sendLater(waitMs);
  }
  function sendLater(ms: number): void {
    timer ??= setTimeout(() => void send(), ms);
  }
  function stopTimer(): void {
    clearTimeout(timer);
    timer = undefined;
  }

  return {
    markRead(upToSeq) {
      const room = roomNow();
      if (!room) return;
      const next = markThreadReadOnThisDevice(room, threadId, upToSeq);
      if (next === room) return;
      stores.rooms.setState((state) => putRoom(state, next));
      sendLater(sendAfterMs);
    },
    /** Drops the pending position. If one is being sent, waits for the answer, because the server could store it after this. */
    async markUnread(fromSeq) {
      const follow = roomNow()?.threads.get(threadId)?.follow;
      const upToSeq = follow ? unreadAfter(follow) : 0;
      stopTimer();
      forget(pending());
      await request?.catch(() => {});
      await call("thread.markUnread", { threadId, fromSeq });
      return () => void call("thread.read", { threadId, upToSeq }).catch(() => {});
    },
    sendNow() {
      isRunning = true;
      void send();
    },
    stop() {
      isRunning = false;
      stopTimer();
    },
  };
}

/** Marks all threads that this tab knows as unread as read, one after another. Rejects with a `CallError`. */
export async function markAllThreadsRead({ stores, call }: Client): Promise<void> {
  for (const room of stores.rooms.getState().rooms.values())
    for (const [threadId, thread] of room.threads)
      if (unreadOf(thread, room).length > 0) await readWhole(call, threadId, room.clock);
}

async function readWhole(call: Call, threadId: string, upToSeq: number): Promise<void> {
  try {
    await call("thread.read", { threadId, upToSeq });
  } catch (thrown) {
    const { code, retryAfterMs } = toCallError(thrown);
    if (code === "not_found") return;
    if (code !== "rate_limited") throw thrown;
    await new Promise((resolve) => setTimeout(resolve, retryAfterMs ?? 1_000));
    await readWhole(call, threadId, upToSeq);
  }
}
