import type { MessagePage } from "@/lib/contract/message";
import { addRange, cut, type LogWindow, type Range, rangeAt } from "./ranges";
import { lastAfter } from "./room-log";
import type { PagePlace, RoomState } from "./room-state";
import { mergeRows } from "./rows";
import { applyToUnread } from "./unread";

const end = Number.POSITIVE_INFINITY;

/** Call before requesting a page. If it `opens`, the window shows it when it arrives, unless another page is opened meanwhile. */
export function awaitPage(state: RoomState, place: PagePlace): RoomState {
  const opens = "around" in place || "newest" in place;
  const others = opens ? state.awaiting.map((page) => ({ ...page, opens: false })) : state.awaiting;
  return {
    ...state,
    loaded: state.window ? "yes" : "loading",
    awaiting: [...others, { place, since: state.clock, opens, rows: [] }],
  };
}

/** Call when a request ended without a page. `loaded` is for a room whose window is not loaded and no longer requested. */
export function failPage(state: RoomState, place: PagePlace, loaded: "no" | "error" = "error"): RoomState {
  const awaiting = state.awaiting.filter((page) => page.place !== place);
  const isPending = awaiting.some(({ opens }) => opens);
  return { ...state, awaiting, loaded: state.window ? "yes" : isPending ? "loading" : loaded };
}

/** Applies a requested page. A page that could lack rows is not applied: if it was to be opened, it has to be requested again. */
export function applyPage(state: RoomState, place: PagePlace, page: MessagePage): RoomState {
  const awaited = state.awaiting.find((request) => request.place === place);
  if (!awaited) return state;
  if (page.clock < awaited.since) return failPage(state, place, "no");
  const covered = coveredBy(place, page);
  const newer = awaited.rows.filter(({ seq }) => seq >= covered.from && seq <= covered.to);
  const range: Range = { ...covered, messages: mergeRows(page.messages, newer) };
  const ranges = addRange(state.ranges, range);
  const { unread, meId, membership } = state;
  const messages = rangeAt(ranges, covered.from)?.messages ?? [];
  return {
    ...state,
    ranges,
    window: windowAfter(state.window, awaited.opens, place, covered),
    loaded: awaited.opens || state.window ? "yes" : state.loaded,
    awaiting: state.awaiting.filter((request) => request !== awaited),
    lastMessage: covered.to === end ? lastAfter(state.lastMessage, messages, messages) : state.lastMessage,
    unread: applyToUnread(unread, messages, meId, membership.lastReadSeq),
  };
}

/** The places of which a page has all messages. */
function coveredBy(place: PagePlace, { messages, before, after }: MessagePage): LogWindow {
  const [first, last] = [messages[0]?.seq, messages.at(-1)?.seq];
  if ("before" in place) return { from: before ? (first ?? place.before) : 0, to: place.before - 1 };
  if ("after" in place) return { from: place.after + 1, to: after ? (last ?? place.after) : end };
  return { from: before ? (first ?? 0) : 0, to: after ? (last ?? end) : end };
}

function windowAfter(window: LogWindow | null, opens: boolean, place: PagePlace, covered: LogWindow): LogWindow | null {
  if (opens) return covered;
  if (window && "before" in place && window.from === place.before) return { ...window, from: covered.from };
  if (window && "after" in place && window.to === place.after) return { ...window, to: covered.to };
  return window;
}

/** Shows another part of a loaded range. */
export function showWindow(state: RoomState, window: LogWindow): RoomState {
  if (state.window?.from === window.from && state.window.to === window.to) return state;
  return { ...state, window, loaded: "yes" };
}

/** Drops what is loaded beyond the window. */
export function keepWindow(state: RoomState): RoomState {
  const { window, ranges } = state;
  const range = window && rangeAt(ranges, window.from);
  return range ? { ...state, ranges: [cut(range, window)] } : state;
}

/** Drops everything that is loaded of the log. */
export function dropLog(state: RoomState): RoomState {
  return { ...state, ranges: [], window: null, loaded: "no" };
}
