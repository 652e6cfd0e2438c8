import { limits } from "@/lib/contract/limits";
import { backOff } from "./back-off";
import { type CallError, toCallError } from "./call-error";
import { putRoom } from "./catch-up";
import type { Call } from "./http";
import { applyPage, awaitPage, failPage, trimTo } from "./room-log";
import type { RoomState } from "./room-state";
import type { RoomsStore } from "./stores/rooms";

/** How many messages a room keeps after it was left, so that coming back shows something immediately. */
const keptAfterLeaving = 100;

/** Loads the logs of the rooms that are open on the screen. */
export function createLogs({ store, call }: { store: RoomsStore; call: Call }) {
  const watchers = new Map<string, number>();
  const loads = new Map<string, Promise<void>>();
  const errors = new Map<string, CallError>();
  const wait = backOff({ firstMs: 1_000, longestMs: 30_000 });
  let timer: ReturnType<typeof setTimeout> | undefined;

  const stateOf = (roomId: string) => store.getState().rooms.get(roomId);
  function update(roomId: string, change: (room: RoomState) => RoomState): void {
    const room = stateOf(roomId);
    if (room) store.setState((state) => putRoom(state, change(room)));
  }

  /** Loads the newest page, or when there is one already, the page before what is loaded. */
  function load(roomId: string): Promise<void> {
    const current = loads.get(roomId);
    if (current) return current;
    const loading = fetchPage(roomId).finally(() => {
      loads.delete(roomId);
      loadMissing();
    });
    loads.set(roomId, loading);
    return loading;
  }
  async function fetchPage(roomId: string): Promise<void> {
    update(roomId, awaitPage);
    const before = stateOf(roomId)?.awaiting?.before ?? null;
    const place = before === null ? {} : { before };
    try {
      const page = await call("message.list", { roomId, limit: limits.pageDefault, ...place });
      errors.delete(roomId);
      wait.reset();
      update(roomId, (room) => applyPage(room, page, before));
    } catch (error) {
      errors.set(roomId, toCallError(error));
      update(roomId, failPage);
      // Nothing else retries this.
      clearTimeout(timer);
      timer = setTimeout(retryAll, wait.next());
      throw error;
    }
  }
  /** Loads every open room whose log is not loaded, for instance because it was just joined. */
  function loadMissing(): void {
    for (const roomId of watchers.keys()) if (stateOf(roomId)?.loaded === "no") load(roomId).catch(() => {});
  }
  function retry(roomId: string): void {
    if (stateOf(roomId)?.loaded === "error") load(roomId).catch(() => {});
  }
  function retryAll(): void {
    for (const roomId of watchers.keys()) retry(roomId);
  }
  function close(roomId: string): void {
    const remaining = (watchers.get(roomId) ?? 1) - 1;
    if (remaining > 0) return void watchers.set(roomId, remaining);
    watchers.delete(roomId);
    update(roomId, (room) => trimTo(room, keptAfterLeaving));
  }

  return {
    loadMissing,
    open(roomId: string): () => void {
      watchers.set(roomId, (watchers.get(roomId) ?? 0) + 1);
      retry(roomId);
      loadMissing();
      return () => close(roomId);
    },
    async loadBefore(roomId: string): Promise<void> {
      const room = stateOf(roomId);
      if (room?.loaded === "yes" && room.hasBefore) await load(roomId);
    },
    retry,
    /** Call it when the connection is restored. */
    retryAll,
    stop: () => clearTimeout(timer),
    errorOf: (roomId: string) => errors.get(roomId) ?? null,
  };
}
