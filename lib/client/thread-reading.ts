import { backOff } from "./back-off";
import { toCallError } from "./call-error";
import { putRoom } from "./catch-up";
import type { Parley } from "./parley";
import { markThreadReadHere } from "./threads";

/** How long to wait before a read position is sent. If I read on meanwhile, only the later position is sent. */
const sendAfterMs = 300;

/** Moves my read position in one thread forward: in the store immediately, on the server soon after. */
export function createThreadReading(
  { stores, call }: Pick<Parley, "stores" | "call">,
  roomId: string,
  threadId: string,
) {
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
