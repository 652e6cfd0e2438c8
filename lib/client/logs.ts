import { limits } from "@/lib/contract/limits";
import type { Message } from "@/lib/contract/message";
import { backOff } from "./back-off";
import { type CallError, toCallError } from "./call-error";
import { putRoom } from "./catch-up";
import type { Call } from "./http";
import { isOverLimit, logSize } from "./log-limits";
import { messagesIn, narrowWindow, rangeAt, widenWindow } from "./ranges";
import { applyPage, awaitPage, dropLog, failPage, dropOutsideWindow, showWindow } from "./room-pages";
import type { PageQuery, RoomState } from "./room-state";
import type { RoomsStore } from "./stores/rooms";

/** A window shows at most this many messages. What is over is cut off far from what is seen, and some more, so that it is not cut at each message. */
const maxShown = 600;
const shownAfterTrim = 500;

/** A room on the screen. */
interface View {
  /** How many components show it. */
  count: number;
  /** The place that is looked at; Infinity until the log's end was shown. */
  at: number;
  /** Nothing may be cut off the window, because a selection reaches over it. */
  keepWhole: boolean;
}

/**
 * Loads the messages of the rooms that are on the screen, page by page around what is looked at, retries what failed, and drops
 * what is over the limits of a tab.
 */
export function createLogs({ store, call }: { store: RoomsStore; call: Call }) {
  const views = new Map<string, View>();
  /** Rooms that were on the screen, the latest last. */
  const closed = new Set<string>();
  /** The page requests in progress, by room and kind. */
  const requests = new Map<string, Promise<void>>();
  const errors = new Map<string, CallError>();
  const retryDelay = backOff({ firstMs: 1_000, maxMs: 30_000 });
  /** One timer retries all open rooms. */
  let retryTimer: ReturnType<typeof setTimeout> | undefined;

  const stateOf = (roomId: string) => store.getState().rooms.get(roomId);
  function update(roomId: string, change: (room: RoomState) => RoomState): void {
    const room = stateOf(roomId);
    if (room) store.setState((state) => putRoom(state, change(room)));
  }

  function request(roomId: string, kind: "open" | "before" | "after", query: PageQuery): Promise<void> {
    const key = `${roomId} ${kind} ${JSON.stringify(query)}`;
    const current = requests.get(key);
    if (current) return current;
    const started = fetchPage(roomId, query).finally(() => {
      requests.delete(key);
      loadAndTrim();
    });
    requests.set(key, started);
    return started;
  }
  async function fetchPage(roomId: string, query: PageQuery): Promise<void> {
    update(roomId, (room) => awaitPage(room, query));
    const limit = "around" in query ? limits.page : limits.pageDefault;
    const { newest: _, ...where } = { newest: true, ...query };
    try {
      const page = await call("message.list", { roomId, limit, ...where });
      errors.delete(roomId);
      retryDelay.reset();
      update(roomId, (room) => applyPage(room, query, page));
    } catch (error) {
      errors.set(roomId, toCallError(error));
      update(roomId, (room) => failPage(room, query));
      clearTimeout(retryTimer);
      retryTimer = setTimeout(retryAll, retryDelay.next());
      throw error;
    }
  }
  /** Shows what is looked at: from what is held, else from a page. */
  function showPlace(roomId: string, at: number): Promise<void> {
    const room = stateOf(roomId);
    const range = room && rangeAt(room.ranges, at);
    if (range) {
      const window = narrowWindow(range, { from: range.from, to: range.to }, at, shownAfterTrim);
      update(roomId, (current) => showWindow(current, window));
      return Promise.resolve();
    }
    return request(roomId, "open", at === Number.POSITIVE_INFINITY ? { newest: true } : { around: at });
  }
  /**
   * Loads what is on the screen and not loaded, and drops what is over the limits. Call when the store changes: I may have just
   * joined a room that is open, or missed so much of it that its log was dropped.
   */
  function loadAndTrim(): void {
    for (const [roomId, { at, keepWhole }] of views) {
      const room = stateOf(roomId);
      if (room?.loaded === "no") showPlace(roomId, at).catch(() => {});
      if (room?.window && !keepWhole) trimWindow(room, at);
    }
    keepWithinLimits();
  }
  function trimWindow(room: RoomState, at: number): void {
    const { window } = room;
    const range = window && rangeAt(room.ranges, window.from);
    if (!range || messagesIn(range, window).length <= maxShown) return;
    const next = narrowWindow(range, window, at, shownAfterTrim);
    update(room.roomId, (current) => showWindow(current, next));
  }
  /** First drops the logs of rooms that are not on the screen, those closed first. Then what no window shows. */
  function keepWithinLimits(): void {
    let loaded = logSize(store.getState().rooms.values());
    if (!isOverLimit(loaded)) return;
    const drop = (roomId: string, change: (room: RoomState) => RoomState) => {
      if (!isOverLimit(loaded)) return;
      update(roomId, change);
      loaded = logSize(store.getState().rooms.values());
    };
    for (const roomId of closed) {
      if (!isOverLimit(loaded)) return;
      closed.delete(roomId);
      drop(roomId, dropLog);
    }
    for (const roomId of views.keys()) drop(roomId, dropOutsideWindow);
  }
  /** Shows more of the log on one side of the window: what is held at once, otherwise a page. */
  async function extend(roomId: string, side: "before" | "after"): Promise<void> {
    const room = stateOf(roomId);
    const window = room?.window;
    const range = window && rangeAt(room.ranges, window.from);
    if (!range || (side === "before" ? window.from === 0 : window.to === Number.POSITIVE_INFINITY)) return;
    const wider = widenWindow(range, window, side, limits.pageDefault);
    if (wider !== window) update(roomId, (current) => showWindow(current, wider));
    else await request(roomId, side, side === "before" ? { before: range.from } : { after: range.to });
  }
  /** Loads this room again if loading failed. */
  function retry(roomId: string): void {
    const view = views.get(roomId);
    if (view && stateOf(roomId)?.loaded === "error") showPlace(roomId, view.at).catch(() => {});
  }
  function retryAll(): void {
    for (const roomId of views.keys()) retry(roomId);
  }
  function close(roomId: string): void {
    const view = views.get(roomId);
    if (!view || --view.count > 0) return;
    views.delete(roomId);
    closed.delete(roomId);
    closed.add(roomId);
  }

  return {
    loadAndTrim,
    /** Call when a component shows this room at a place. Call the returned function when it no longer does. */
    open(roomId: string, at = Number.POSITIVE_INFINITY): () => void {
      const view = views.get(roomId);
      views.set(roomId, { count: (view?.count ?? 0) + 1, at, keepWhole: false });
      closed.delete(roomId);
      const { window } = stateOf(roomId) ?? {};
      const isShown = window && window.from <= at && at <= window.to;
      if (!isShown) showPlace(roomId, at).catch(() => {});
      return () => close(roomId);
    },
    /** Call when another place of an open room is looked at. With `keepWhole`, the window keeps all its messages. */
    lookAt(roomId: string, at: number, keepWhole: boolean): void {
      const view = views.get(roomId);
      if (view) Object.assign(view, { at, keepWhole });
    },
    /** Shows another place of an open room, or its end. Rejects with a `CallError`. */
    async jump(roomId: string, at = Number.POSITIVE_INFINITY): Promise<void> {
      const view = views.get(roomId);
      if (view) Object.assign(view, { at, keepWhole: false });
      await showPlace(roomId, at);
    },
    /** Looks for a message from the log's end on. Returns its place, or null. Rejects with a `CallError`. */
    async find(roomId: string, messageId: string): Promise<number | null> {
      const loaded = stateOf(roomId)?.ranges.flatMap(({ messages }) => messages) ?? [];
      const matches = ({ id }: Message) => id === messageId;
      let found = loaded.find(matches);
      for (let before: number | undefined, hasMore = true; hasMore && !found; ) {
        const page = await call("message.list", { roomId, limit: limits.page, ...(before && { before }) });
        found = page.messages.find(matches);
        before = page.messages[0]?.seq;
        hasMore = page.before;
      }
      return found?.seq ?? null;
    },
    loadBefore: (roomId: string) => extend(roomId, "before"),
    loadAfter: (roomId: string) => extend(roomId, "after"),
    retry,
    /** Retries every open room that failed. Call when the connection is back. */
    retryAll,
    stop: () => clearTimeout(retryTimer),
    errorOf: (roomId: string) => errors.get(roomId) ?? null,
  };
}
