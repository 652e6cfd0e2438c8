import type { MessagePage } from "@/lib/contract/message";
import { addRange, sliceRange, type LogWindow, type Range, rangeAt } from "./ranges";
import { lastMessageAfter, readByOwnMessages } from "./room-log";
import type { PageQuery, RoomState } from "./room-state";
import { mergeRows } from "./rows";
import { applyToUnread } from "./unread";

const end = Number.POSITIVE_INFINITY;

/** Call before requesting a page. If it `showOnArrival`, the window shows it when it arrives, unless another page is opened meanwhile. */
export function awaitPage(state: RoomState, query: PageQuery): RoomState {
  const showOnArrival = "around" in query || "newest" in query;
  const otherPages = showOnArrival
    ? state.awaitedPages.map((page) => ({ ...page, showOnArrival: false }))
    : state.awaitedPages;
  return {
    ...state,
    loaded: state.window ? "yes" : "loading",
    awaitedPages: [...otherPages, { query, clockAtRequest: state.clock, showOnArrival, rows: [] }],
  };
}

/** Call when a request ended without a page. `loaded` is for a room whose window is not loaded and no longer requested. */
export function failPage(state: RoomState, query: PageQuery, loaded: "no" | "error" = "error"): RoomState {
  const awaitedPages = state.awaitedPages.filter((page) => page.query !== query);
  const isPending = awaitedPages.some(({ showOnArrival }) => showOnArrival);
  return { ...state, awaitedPages, loaded: state.window ? "yes" : isPending ? "loading" : loaded };
}

/** Applies a requested page. A page that could lack rows is not applied: if it was to be opened, it has to be requested again. */
export function applyPage(state: RoomState, query: PageQuery, page: MessagePage): RoomState {
  const awaited = state.awaitedPages.find((request) => request.query === query);
  if (!awaited) return state;
  if (page.clock < awaited.clockAtRequest) return failPage(state, query, "no");
  const covered = coveredPlaces(query, page);
  const newer = awaited.rows.filter(({ seq }) => seq >= covered.from && seq <= covered.to);
  const range: Range = { ...covered, messages: mergeRows(page.messages, newer) };
  const ranges = addRange(state.ranges, range);
  const messages = rangeAt(ranges, covered.from)?.messages ?? [];
  const read = readByOwnMessages(state, messages);
  const { unread, meId, membership } = read;
  return {
    ...read,
    ranges,
    window: windowAfter(state.window, awaited.showOnArrival, query, covered),
    loaded: awaited.showOnArrival || state.window ? "yes" : state.loaded,
    awaitedPages: state.awaitedPages.filter((request) => request !== awaited),
    lastMessage: covered.to === end ? lastMessageAfter(state.lastMessage, messages, messages) : state.lastMessage,
    unread: applyToUnread(unread, messages, meId, membership.lastReadSeq),
  };
}

/** The places of which a page has all messages. */
function coveredPlaces(query: PageQuery, { messages, before, after }: MessagePage): LogWindow {
  const [first, last] = [messages[0]?.seq, messages.at(-1)?.seq];
  if ("before" in query) return { from: before ? (first ?? query.before) : 0, to: query.before - 1 };
  if ("after" in query) return { from: query.after + 1, to: after ? (last ?? query.after) : end };
  return { from: before ? (first ?? 0) : 0, to: after ? (last ?? end) : end };
}

function windowAfter(
  window: LogWindow | null,
  showOnArrival: boolean,
  query: PageQuery,
  covered: LogWindow,
): LogWindow | null {
  if (showOnArrival) return covered;
  if (window && "before" in query && window.from === query.before) return { ...window, from: covered.from };
  if (window && "after" in query && window.to === query.after) return { ...window, to: covered.to };
  return window;
}

/** Shows another part of a loaded range. */
export function showWindow(state: RoomState, window: LogWindow): RoomState {
  if (state.window?.from === window.from && state.window.to === window.to) return state;
  return { ...state, window, loaded: "yes" };
}

/** Drops what is loaded beyond the window. */
export function dropOutsideWindow(state: RoomState): RoomState {
  const { window, ranges } = state;
  const range = window && rangeAt(ranges, window.from);
  return range ? { ...state, ranges: [sliceRange(range, window)] } : state;
}

/** Drops everything that is loaded of the log. */
export function dropLog(state: RoomState): RoomState {
  return { ...state, ranges: [], window: null, loaded: "no" };
}
