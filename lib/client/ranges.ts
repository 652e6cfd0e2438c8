import type { Message } from "@/lib/contract/message";
import { mergeRows, indexOfSeq } from "./rows";

/**
 * A loaded part of a room's log without gaps. It has every message whose `seq`, its place in the log, is at least `from` and at
 * most `to`. `from` is 0 if the range includes the room's first message. `to` is Infinity if it includes the newest message, so
 * that new messages belong to the range.
 */
export interface Range {
  from: number;
  to: number;
  /** Sorted by `seq`. */
  messages: readonly Message[];
}

/** The part of a range that a screen shows: the places from `from` to `to`. */
export type LogWindow = Pick<Range, "from" | "to">;

/** Adds a range and merges it with the ranges that it overlaps or touches. Of two versions of a message, the newer one wins. */
export function addRange(ranges: readonly Range[], added: Range): readonly Range[] {
  const separate = ranges.filter((range) => range.to + 1 < added.from || added.to + 1 < range.from);
  const merged = ranges
    .filter((range) => !separate.includes(range))
    .reduce(
      (joined, range) => ({
        from: Math.min(joined.from, range.from),
        to: Math.max(joined.to, range.to),
        messages: mergeRows(joined.messages, range.messages),
      }),
      added,
    );
  return [...separate, merged].toSorted((a, b) => a.from - b.from);
}

/** Adds or updates messages in the ranges that cover them. Messages outside all ranges are ignored. */
export function putRows(ranges: readonly Range[], rows: readonly Message[]): readonly Range[] {
  let changed = false;
  const next = ranges.map((range) => {
    const covered = rows.filter(({ seq }) => seq >= range.from && seq <= range.to);
    const messages = mergeRows(range.messages, covered);
    if (messages === range.messages) return range;
    changed = true;
    return { ...range, messages };
  });
  return changed ? next : ranges;
}

/** The range that covers a place; Infinity is the log's end. */
export function rangeAt(ranges: readonly Range[], place: number): Range | undefined {
  return ranges.find((range) => range.from <= place && place <= range.to);
}

/** The messages of a range that are inside a window. */
export function messagesIn({ messages, from, to }: Range, window: LogWindow): readonly Message[] {
  if (window.from <= from && window.to >= to) return messages;
  return messages.slice(indexOfSeq(messages, window.from), indexOfSeq(messages, window.to + 1));
}

/** The part of a range that is inside a window. */
export function sliceRange(range: Range, window: LogWindow): Range {
  return { ...window, messages: messagesIn(range, window) };
}

/** Widens the window by up to `count` messages on one side, within its range. Returns the same window if there are none. */
export function widenWindow(range: Range, window: LogWindow, side: "older" | "newer", count: number): LogWindow {
  const { messages } = range;
  if (side === "older") {
    const firstIndex = indexOfSeq(messages, window.from) - count;
    const from = firstIndex > 0 ? (messages[firstIndex] as Message).seq : range.from;
    return from < window.from ? { ...window, from } : window;
  }
  const lastIndex = indexOfSeq(messages, window.to + 1) + count - 1;
  const to = lastIndex < messages.length - 1 ? (messages[lastIndex] as Message).seq : range.to;
  return to > window.to ? { ...window, to } : window;
}

/** Narrows a window to at most `count` messages. The messages closest to `place` stay. */
export function narrowWindow(range: Range, window: LogWindow, place: number, count: number): LogWindow {
  const shownMessages = messagesIn(range, window);
  if (shownMessages.length <= count) return window;
  const placeIndex = indexOfSeq(shownMessages, place);
  // Keep the same number of messages on both sides of `place`. If one side has fewer, keep more on the other side.
  const firstIndex = Math.max(0, Math.min(placeIndex - Math.floor(count / 2), shownMessages.length - count));
  const lastIndex = firstIndex + count - 1;
  return {
    from: firstIndex > 0 ? (shownMessages[firstIndex] as Message).seq : window.from,
    to: lastIndex < shownMessages.length - 1 ? (shownMessages[lastIndex] as Message).seq : window.to,
  };
}

/** The messages of the range that reaches the log's end, oldest first. Empty if that range is not loaded. */
export function newestMessages(ranges: readonly Range[]): readonly Message[] {
  return rangeAt(ranges, Number.POSITIVE_INFINITY)?.messages ?? [];
}

/** All loaded messages of a room, oldest first. */
export function allMessages(ranges: readonly Range[]): readonly Message[] {
  return ranges.length === 1 ? (ranges[0] as Range).messages : ranges.flatMap(({ messages }) => messages);
}
