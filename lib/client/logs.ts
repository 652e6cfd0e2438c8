import { limits } from "@/lib/contract/limits";
import { backOff } from "./back-off";
import { type CallError, toCallError } from "./call-error";
import { putRoom } from "./catch-up";
import type { Call } from "./http";
import { applyPage, awaitPage, failPage, trimTo } from "./room-log";
import type { RoomState } from "./room-state";
import type { RoomsStore } from "./stores/rooms";

/** How many messages stay in memory when a room is closed on the screen, so that reopening it shows them immediately. */
const keptAfterClosing = 100;

/** Loads the messages of the rooms that are open on the screen, page by page. Retries what failed. */
export function createLogs({ store, call }: { store: RoomsStore; call: Call }) {
  /** How many views show each open room. */
  const openViews = new Map<string, number>();
  /** The page request in progress, by room. */
  const requests = new Map<string, Promise<void>>();
  const errors = new Map<string, CallError>();
  const retryDelay = backOff({ firstMs: 1_000, longestMs: 30_000 });
  /** One timer retries all open rooms. */
  let retryTimer: ReturnType<typeof setTimeout> | undefined;

  const stateOf = (roomId: string) => store.getState().rooms.get(roomId);
  function update(roomId: string, change: (room: RoomState) => RoomState): void {
    const room = stateOf(roomId);
    if (room) store.setState((state) => putRoom(state, change(room)));
  }

  /** Loads the newest page first. After that, each call loads the next older page. */
  function load(roomId: string): Promise<void> {
    const current = requests.get(roomId);
    if (current) return current;
    const request = fetchPage(roomId).finally(() => {
      requests.delete(roomId);
      loadMissing();
    });
    requests.set(roomId, request);
    return request;
  }
  async function fetchPage(roomId: string): Promise<void> {
    // `awaitPage` decides which page comes next.
    update(roomId, awaitPage);
    const before = stateOf(roomId)?.awaiting?.before ?? null;
    const cursor = before === null ? {} : { before };
    try {
      const page = await call("message.list", { roomId, limit: limits.pageDefault, ...cursor });
      errors.delete(roomId);
      retryDelay.reset();
      update(roomId, (room) => applyPage(room, page, before));
    } catch (error) {
      errors.set(roomId, toCallError(error));
      update(roomId, failPage);
      clearTimeout(retryTimer);
      retryTimer = setTimeout(retryAll, retryDelay.next());
      throw error;
    }
  }
  /** Loads open rooms that have no page yet. Call when the store changes: I may have just joined a room that is open. */
  function loadMissing(): void {
    for (const roomId of openViews.keys()) if (stateOf(roomId)?.loaded === "no") load(roomId).catch(() => {});
  }
  /** Loads this room again if loading failed. */
  function retry(roomId: string): void {
    if (stateOf(roomId)?.loaded === "error") load(roomId).catch(() => {});
  }
  function retryAll(): void {
    for (const roomId of openViews.keys()) retry(roomId);
  }
  function close(roomId: string): void {
    const remaining = (openViews.get(roomId) ?? 1) - 1;
    if (remaining > 0) return void openViews.set(roomId, remaining);
    openViews.delete(roomId);
    update(roomId, (room) => trimTo(room, keptAfterClosing));
  }

  return {
    loadMissing,
    /** Call when a view shows this room. Call the returned function when the view closes. */
    open(roomId: string): () => void {
      openViews.set(roomId, (openViews.get(roomId) ?? 0) + 1);
      retry(roomId);
      loadMissing();
      return () => close(roomId);
    },
    async loadBefore(roomId: string): Promise<void> {
      const room = stateOf(roomId);
      if (room?.loaded === "yes" && room.hasBefore) await load(roomId);
    },
    retry,
    /** Retries every open room that failed. Call when the connection is back. */
    retryAll,
    stop: () => clearTimeout(retryTimer),
    errorOf: (roomId: string) => errors.get(roomId) ?? null,
  };
}
