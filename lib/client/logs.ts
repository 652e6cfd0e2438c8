import { limits } from "@/lib/contract/limits";
import type { Message } from "@/lib/contract/message";
import { backOff } from "./back-off";
import { type CallError, toCallError } from "./call-error";
import { putRoom } from "./catch-up";
import type { Call } from "./http";
import { isOverLimit, logSize } from "./log-limits";
import { allMessages, messagesIn, narrowWindow, rangeAt, widenWindow } from "./ranges";
import { applyPage, markPagePending, dropLog, failPage, dropOutsideWindow, showWindow } from "./room-pages";
import { isInRoom } from "./replies";
import type { PageQuery, RoomState } from "./room-state";
import type { RoomsState, RoomsStore } from "./stores/rooms";

/** A window shows at most this many messages. A larger one is cut to the `shownAfterTrim` messages around the visible ones. */
const maxShown = 600;
const shownAfterTrim = 500;

/** A room on the screen. */
interface View {
  /** How many components show it. */
  componentCount: number;
  /** The `seq` of a visible message, around which to load; Infinity for the log's end. */
  place: number;
  /** Whether the window must keep all its messages, because a selection spans several of them. */
  keepWhole: boolean;
}

/** What is loaded: the logs of rooms, by their ids, or the log of a thread. */
export interface LogSource {
  all(state: RoomsState): Iterable<RoomState>;
  get(state: RoomsState, id: string): RoomState | undefined;
  change(state: RoomsState, id: string, change: (room: RoomState) => RoomState): RoomsState;
  /** Whether this message is in the log. */
  has(id: string, message: Message): boolean;
  /** The input of `message.list` that names the log. */
  input(id: string): { roomId: string; threadId?: string };
}

const rooms: LogSource = {
  all: (state) => state.rooms.values(),
  get: (state, id) => state.rooms.get(id),
  change(state, id, change) {
    const room = state.rooms.get(id);
    return room ? putRoom(state, change(room)) : state;
  },
  has: (roomId, message) => message.roomId === roomId && isInRoom(message),
  input: (roomId) => ({ roomId }),
};

/**
 * Loads messages of the rooms that are on the screen, page by page around the visible messages. Retries failed requests. Drops
 * messages when the tab holds more than the limits allow.
 */
export function createLogs({ store, call, source = rooms }: { store: RoomsStore; call: Call; source?: LogSource }) {
  const views = new Map<string, View>();
  /** Rooms that were on the screen, in the order in which they were closed. */
  const closedRooms = new Set<string>();
  /** The page requests in progress, by room, kind and query. */
  const requests = new Map<string, Promise<void>>();
  const errors = new Map<string, CallError>();
  const retryDelay = backOff({ firstMs: 1_000, maxMs: 30_000 });
  /** One timer retries all rooms on the screen. */
  let retryTimer: ReturnType<typeof setTimeout> | undefined;

  const stateOf = (roomId: string) => source.get(store.getState(), roomId);
  function update(roomId: string, change: (room: RoomState) => RoomState): void {
    store.setState((state) => source.change(state, roomId, change));
  }

  function request(roomId: string, kind: "open" | "older" | "newer", query: PageQuery): Promise<void> {
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
    update(roomId, (room) => markPagePending(room, query));
    const limit = "around" in query ? limits.page : limits.pageDefault;
    // Leave out `newest`, which only the client uses. Without a position, the server returns the newest page.
    const { newest: _, ...position } = { newest: true, ...query };
    try {
      const page = await call("message.list", { ...source.input(roomId), limit, ...position });
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
  /** Shows the messages around a place. If they are not loaded, requests a page. */
  function showPlace(roomId: string, place: number): Promise<void> {
    const room = stateOf(roomId);
    const range = room && rangeAt(room.ranges, place);
    if (range) {
      const window = narrowWindow(range, { from: range.from, to: range.to }, place, shownAfterTrim);
      update(roomId, (current) => showWindow(current, window));
      return Promise.resolve();
    }
    return request(roomId, "open", place === Number.POSITIVE_INFINITY ? { newest: true } : { around: place });
  }
  /**
   * Loads the rooms on the screen that are not loaded, and drops messages over the limits. Call when the store changes. The
   * person may have just joined a room on the screen, or its log may have been dropped after too many missed changes.
   */
  function loadAndTrim(): void {
    for (const [roomId, { place, keepWhole }] of views) {
      const room = stateOf(roomId);
      if (room?.loadState === "notLoaded") showPlace(roomId, place).catch(() => {});
      if (room?.window && !keepWhole) trimWindow(roomId, room, place);
    }
    keepWithinLimits();
  }
  function trimWindow(roomId: string, room: RoomState, place: number): void {
    const { window } = room;
    const range = window && rangeAt(room.ranges, window.from);
    if (!range || messagesIn(range, window).length <= maxShown) return;
    const next = narrowWindow(range, window, place, shownAfterTrim);
    update(roomId, (current) => showWindow(current, next));
  }
  /**
   * First drops the logs of rooms that are not on the screen, starting with the room that was closed first. Then drops messages
   * outside the windows.
   */
  function keepWithinLimits(): void {
    let size = logSize(source.all(store.getState()));
    if (!isOverLimit(size)) return;
    const dropIfOverLimit = (roomId: string, change: (room: RoomState) => RoomState) => {
      if (!isOverLimit(size)) return;
      update(roomId, change);
      size = logSize(source.all(store.getState()));
    };
    for (const roomId of closedRooms) {
      if (!isOverLimit(size)) return;
      closedRooms.delete(roomId);
      dropIfOverLimit(roomId, dropLog);
    }
    for (const roomId of views.keys()) dropIfOverLimit(roomId, dropOutsideWindow);
  }
  /** Shows more messages on one side of the window. If none are loaded there, requests a page. */
  async function extend(roomId: string, side: "older" | "newer"): Promise<void> {
    const room = stateOf(roomId);
    const window = room?.window;
    const range = window && rangeAt(room.ranges, window.from);
    if (!range || (side === "older" ? window.from === 0 : window.to === Number.POSITIVE_INFINITY)) return;
    const wider = widenWindow(range, window, side, limits.pageDefault);
    if (wider !== window) update(roomId, (current) => showWindow(current, wider));
    else await request(roomId, side, side === "older" ? { before: range.from } : { after: range.to });
  }
  /** Loads this room again if loading failed. */
  function retry(roomId: string): void {
    const view = views.get(roomId);
    if (view && stateOf(roomId)?.loadState === "failed") showPlace(roomId, view.place).catch(() => {});
  }
  function retryAll(): void {
    for (const roomId of views.keys()) retry(roomId);
  }
  function close(roomId: string): void {
    const view = views.get(roomId);
    if (!view || --view.componentCount > 0) return;
    views.delete(roomId);
    closedRooms.delete(roomId);
    closedRooms.add(roomId);
  }

  return {
    loadAndTrim,
    /** Call when a component starts to show the room at a place. Call the returned function when it stops. */
    open(roomId: string, place = Number.POSITIVE_INFINITY): () => void {
      const view = views.get(roomId);
      views.set(roomId, { componentCount: (view?.componentCount ?? 0) + 1, place, keepWhole: false });
      closedRooms.delete(roomId);
      const { window } = stateOf(roomId) ?? {};
      const isShown = window && window.from <= place && place <= window.to;
      if (!isShown) showPlace(roomId, place).catch(() => {});
      return () => close(roomId);
    },
    /** Call when the person has scrolled to another position in the log. With `keepWhole`, the window keeps all its messages. */
    lookAt(roomId: string, place: number, keepWhole: boolean): void {
      const view = views.get(roomId);
      if (view) Object.assign(view, { place, keepWhole });
    },
    /** Shows another part of the log, or its end. Rejects with a `CallError`. */
    async jump(roomId: string, place = Number.POSITIVE_INFINITY): Promise<void> {
      const view = views.get(roomId);
      if (view) Object.assign(view, { place, keepWhole: false });
      await showPlace(roomId, place);
    },
    /**
     * Searches the loaded messages, and then asks the server. Returns the message's `seq`, or null if it is not in the log.
     * Rejects with a `CallError`.
     */
    async find(roomId: string, messageId: string): Promise<number | null> {
      const isSought = (message: Message) => message.id === messageId && source.has(roomId, message);
      const loaded = allMessages(stateOf(roomId)?.ranges ?? []).find(isSought);
      if (loaded) return loaded.seq;
      const { messages } = await call("message.lookUp", { messageIds: [messageId] });
      return messages.find(isSought)?.seq ?? null;
    },
    loadOlder: (roomId: string) => extend(roomId, "older"),
    loadNewer: (roomId: string) => extend(roomId, "newer"),
    retry,
    /** Retries every room on the screen whose loading failed. Call when the connection is back. */
    retryAll,
    stop: () => clearTimeout(retryTimer),
    errorOf: (roomId: string) => errors.get(roomId) ?? null,
  };
}
