import { backOff } from "./back-off";
import { toCallError } from "./call-error";
import { putRoom } from "./catch-up";
import type { Call } from "./http";
import type { Parley } from "./parley";
import { markThreadReadHere, unreadOf } from "./threads";

type Client = Pick<Parley, "stores" | "call">;

/** How long to wait before a read position is sent. If I read on meanwhile, only the later position is sent. */
const sendAfterMs = 300;

/** Moves my read position in one thread forward: in the store immediately, on the server soon after. */
export function createThreadReading({ stores, call }: Client, roomId: string, threadId: string) {
  const retryDelay = backOff({ firstMs: 1_000, maxMs: 30_000 });
  let pending = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function send(): Promise<void> {
    timer = undefined;
    const upToSeq = pending;
    try {
      await call("thread.read", { threadId, upToSeq });
      retryDelay.reset();
      if (pending > upToSeq) sendLater(0);
    } catch (thrown) {
      const { code, retryAfterMs } = toCallError(thrown);
      if (code !== "not_found") sendLater(retryAfterMs ?? retryDelay.next());
    }
  }
  function sendLater(ms: number): void {
    timer ??= setTimeout(() => void send(), ms);
  }

  return {
    markRead(upToSeq: number): void {
      const room = stores.rooms.getState().rooms.get(roomId);
      if (!room) return;
      const next = markThreadReadHere(room, threadId, upToSeq);
      if (next === room) return;
      stores.rooms.setState((state) => putRoom(state, next));
      pending = upToSeq;
      sendLater(sendAfterMs);
    },
    /** Marks the thread as unread from a reply on. Returns a function that takes it back. Rejects with a `CallError`. */
    async markUnread(fromSeq: number): Promise<() => void> {
      const room = stores.rooms.getState().rooms.get(roomId);
      const upToSeq = room?.threads.get(threadId)?.follow?.lastReadSeq ?? 0;
      clearTimeout(timer);
      timer = undefined;
      await call("thread.markUnread", { threadId, fromSeq });
      return () => void call("thread.read", { threadId, upToSeq }).catch(() => {});
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
