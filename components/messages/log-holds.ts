"use client";
import type { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import { type LogRowItem, messageOf } from "./log-rows";

export type Scrolling = ReturnType<typeof useVirtualizer<HTMLDivElement, Element>>;

/**
 * Who is at the end stays there when the log becomes lower (the composer grows, a phone's keyboard comes up), and when
 * what others said comes in above one's own message that is still on its way: for the virtualizer nothing came below.
 */
export function useHeldEnd(
  rows: readonly LogRowItem[],
  scroller: RefObject<HTMLDivElement | null>,
  virtualizer: Scrolling,
) {
  // Asked at every scroll, because by the time of the change it is no longer so.
  const atEnd = useRef(false);
  const newest = rows.findLast((row) => row.type !== "message" || !row.draft)?.key;
  const known = useRef(newest);
  useLayoutEffect(() => {
    if (known.current !== newest && known.current !== undefined && atEnd.current) virtualizer.scrollToEnd();
    known.current = newest;
  }, [newest, virtualizer]);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const isAtEnd = () => element.scrollHeight - element.scrollTop - element.clientHeight <= 48;
    const scrolled = () => {
      atEnd.current = isAtEnd();
    };
    scrolled();
    const observer = new ResizeObserver(() => {
      if (atEnd.current && !isAtEnd()) virtualizer.scrollToEnd();
    });
    element.addEventListener("scroll", scrolled, { passive: true });
    observer.observe(element);
    return () => {
      element.removeEventListener("scroll", scrolled);
      observer.disconnect();
    };
  }, [scroller, virtualizer]);
}

/**
 * The virtualizer holds on to the uppermost row. When that is a date, and older messages of the same day come in above
 * it, the date moves away from its message; then the first message in sight is what stays.
 */
export function useHeldMessage(rows: readonly LogRowItem[], virtualizer: Scrolling) {
  const held = useRef<{ top: string; message: string; distance: number }>(undefined);
  const drawn = useRef(rows);
  useLayoutEffect(() => {
    const before = held.current;
    if (
      drawn.current !== rows &&
      before &&
      before.top !== before.message &&
      !rows.some((row) => row.key === before.top)
    ) {
      const item = virtualizer.measurementsCache[rows.findIndex((row) => row.key === before.message)];
      if (item) virtualizer.scrollToOffset(item.start - before.distance);
    }
    drawn.current = rows;
    const offset = virtualizer.scrollOffset ?? 0;
    const top = virtualizer.getVirtualItemForOffset(offset);
    const at = top ? rows.findIndex((row, index) => index >= top.index && messageOf(row)) : -1;
    const message = virtualizer.measurementsCache[at];
    held.current =
      top && message
        ? { top: String(top.key), message: String(message.key), distance: message.start - offset }
        : undefined;
  });
}

/** What one has just written is shown, wherever one was reading. */
export function useOwnScrollsDown(rows: readonly LogRowItem[], scrollDown: () => void) {
  const last = rows.at(-1);
  const known = useRef(last?.key);
  useLayoutEffect(() => {
    if (known.current === last?.key) return;
    known.current = last?.key;
    if (last?.type === "message" && last.draft) scrollDown();
  });
}
