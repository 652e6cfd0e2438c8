import type { Message, MessagePage } from "@/lib/contract/message";
import { addRange, sliceRange, type LogWindow, type Range, rangeAt } from "./ranges";
import { reactIn } from "./reactions";
import { lastMessageAfter, markReadUpToOwnMessage, rowsNotInUnread } from "./room-log";
import type { PageQuery, RoomState } from "./room-state";
import { type KeptMessage, mergeRows } from "./rows";
import { applyToUnread } from "./unread";

const end = Number.POSITIVE_INFINITY;

/**
 * Call before requesting a page. A `newest` or `around` page is shown in the window when it arrives, unless another such page is
 * requested meanwhile.
 */
export function markPagePending(state: RoomState, query: PageQuery): RoomState {
  const showOnArrival = "around" in query || "newest" in query;
  const otherPages = showOnArrival
    ? state.pendingPages.map((page) => ({ ...page, showOnArrival: false }))
    : state.pendingPages;
  return {
    ...state,
    loadState: state.window ? "loaded" : "loading",
    pendingPages: [...otherPages, { query, minClock: state.clock, showOnArrival, rows: [], reactions: [] }],
  };
}

/**
 * Call when a request ended without a usable page. Sets `loadState`, unless the window is loaded or another page for it is
 * pending.
 */
export function failPage(state: RoomState, query: PageQuery, loadState: "notLoaded" | "failed" = "failed"): RoomState {
  const pendingPages = state.pendingPages.filter((page) => page.query !== query);
  const isPending = pendingPages.some(({ showOnArrival }) => showOnArrival);
  return { ...state, pendingPages, loadState: state.window ? "loaded" : isPending ? "loading" : loadState };
}

/**
 * Applies a requested page, unless it could lack rows (see `minClock`). If such a page was for the window, it must be requested
 * again.
 */
export function applyPage(state: RoomState, query: PageQuery, page: MessagePage): RoomState {
  const pending = state.pendingPages.find((request) => request.query === query);
  if (!pending) return state;
  if (page.clock < pending.minClock) return failPage(state, query, "notLoaded");
  // I have joined again. My new entry is on its way, and the log is loaded again with it.
  if (page.floorSeq !== state.membership.floorSeq) return pending.showOnArrival ? state : failPage(state, query);
  const covered = coveredPlaces(query, page);
  const newer = pending.rows.filter(({ seq }) => seq >= covered.from && seq <= covered.to);
  // The page has what is not newer than it, so an emoji that it lacks must not come back.
  const reactions = pending.reactions.filter(({ changedSeq }) => changedSeq > page.clock);
  const messages = page.clock > state.clock ? page.messages.map((message) => asOf(message, page.clock)) : page.messages;
  const range: Range = { ...covered, messages: reactIn(mergeRows(messages, newer), reactions, state.meId) };
  const ranges = addRange(state.ranges, range);
  const loaded = rangeAt(ranges, covered.from)?.messages ?? [];
  const updated = markReadUpToOwnMessage(state, loaded);
  const { unread, membership } = updated;
  return {
    ...updated,
    ranges,
    window: windowAfter(state.window, pending.showOnArrival, query, covered),
    loadState: pending.showOnArrival || state.window ? "loaded" : state.loadState,
    pendingPages: state.pendingPages.filter((request) => request !== pending),
    lastMessage: covered.to === end ? lastMessageAfter(state, loaded, ranges) : state.lastMessage,
    unread: applyToUnread(unread, rowsNotInUnread(state, loaded), updated, membership.lastReadSeq),
  };
}

const asOf = (message: Message, reactionsClock: number): KeptMessage => ({ ...message, reactionsClock });

/** The part of the log that the page covers completely. */
function coveredPlaces(query: PageQuery, { messages, before: hasOlder, after: hasNewer }: MessagePage): LogWindow {
  const [first, last] = [messages[0]?.seq, messages.at(-1)?.seq];
  if ("before" in query) return { from: hasOlder ? (first ?? query.before) : 0, to: query.before - 1 };
  if ("after" in query) return { from: query.after + 1, to: hasNewer ? (last ?? query.after) : end };
  return { from: hasOlder ? (first ?? 0) : 0, to: hasNewer ? (last ?? end) : end };
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
  return { ...state, window, loadState: "loaded" };
}

/** Drops the loaded messages outside the window. Returns the same state if there are none, so that the store does not change. */
export function dropOutsideWindow(state: RoomState): RoomState {
  const { window, ranges } = state;
  const range = window && rangeAt(ranges, window.from);
  if (!range || (ranges.length === 1 && range.from === window.from && range.to === window.to)) return state;
  return { ...state, ranges: [sliceRange(range, window)] };
}

/** Drops all loaded messages of the log. */
export function dropLog(state: RoomState): RoomState {
  return { ...state, ranges: [], window: null, loadState: "notLoaded" };
}
