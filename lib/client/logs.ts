import { limits } from "@/lib/contract/limits";
import { backOff } from "./back-off";
import { type CallError, toCallError } from "./call-error";
import { putRoom } from "./catch-up";
import type { Call } from "./http";
import { applyPage, awaitPage, failPage, trimTo } from "./room-log";
import type { RoomState } from "./room-state";
import type { RoomsStore } from "./stores/rooms";

/** How many messages a room keeps that nobody looks at, so that coming back shows something at once. */
const keptAfterLeaving = 100;

/** Loads the logs of rooms that somebody looks at. */
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
    const known = loads.get(roomId);
    if (known) return known;
    const loading = fetchPage(roomId).finally(() => {
      loads.delete(roomId);
      ensure();
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
      // It may have been for a moment, or from before I was let in again: nothing else would ask once more.
      clearTimeout(timer);
      timer = setTimeout(retryAll, wait.next());
      throw error;
    }
  }
  /** A room that is looked at is loaded, also when it has just been joined or started over. */
  function ensure(): void {
    for (const roomId of watchers.keys()) if (stateOf(roomId)?.loaded === "no") load(roomId).catch(() => {});
  }
  function retry(roomId: string): void {
    if (stateOf(roomId)?.loaded === "error") load(roomId).catch(() => {});
  }
  function retryAll(): void {
    for (const roomId of watchers.keys()) retry(roomId);
  }
  function close(roomId: string): void {
    const left = (watchers.get(roomId) ?? 1) - 1;
    if (left > 0) return void watchers.set(roomId, left);
    watchers.delete(roomId);
    update(roomId, (room) => trimTo(room, keptAfterLeaving));
  }

  return {
    ensure,
    open(roomId: string): () => void {
      watchers.set(roomId, (watchers.get(roomId) ?? 0) + 1);
      retry(roomId);
      ensure();
      return () => close(roomId);
    },
    async loadBefore(roomId: string): Promise<void> {
      const room = stateOf(roomId);
      if (room?.loaded === "yes" && room.hasBefore) await load(roomId);
    },
    retry,
    /** The connection is back. */
    retryAll,
    stop: () => clearTimeout(timer),
    errorOf: (roomId: string) => errors.get(roomId) ?? null,
  };
}
