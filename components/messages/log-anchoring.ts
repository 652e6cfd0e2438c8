"use client";
import type { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from "react";
import { type LogRowItem, messageOf } from "./log-rows";

export type Scrolling = ReturnType<typeof useVirtualizer<HTMLDivElement, Element>>;

/**
 * Keeps a log at its end in two cases that the virtualizer does not handle: the log becomes less tall (the composer grows, a
 * phone's keyboard opens), or a message is inserted above the reader's own unsent message. `follow` scrolls and returns whether
 * it reached the end.
 */
export function useStayAtEnd(
  rows: readonly LogRowItem[],
  scroller: RefObject<HTMLDivElement | null>,
  virtualizer: Scrolling,
  follow: () => boolean,
) {
  const latest = useRef(follow);
  useLayoutEffect(() => {
    latest.current = follow;
  });
  // Whether the log was at its end before the change. Scrolling up resets it, and so does not reaching the end.
  const atEnd = useRef(false);
  const newest = rows.findLast((row) => row.type !== "message" || !row.unsent)?.key;
  const known = useRef(newest);
  useLayoutEffect(() => {
    if (known.current !== newest && known.current !== undefined && atEnd.current) atEnd.current = latest.current();
    known.current = newest;
  }, [newest]);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const isAtEnd = () => element.scrollHeight - element.scrollTop - element.clientHeight <= 48;
    let top = element.scrollTop;
    const scrolled = () => {
      if (isAtEnd()) atEnd.current = true;
      else if (element.scrollTop < top - 1) atEnd.current = false;
      top = element.scrollTop;
    };
    scrolled();
    const observer = new ResizeObserver(() => {
      if (atEnd.current && !isAtEnd()) atEnd.current = latest.current();
    });
    element.addEventListener("scroll", scrolled, { passive: true });
    observer.observe(element);
    return () => {
      element.removeEventListener("scroll", scrolled);
      observer.disconnect();
    };
  }, [scroller]);
}

/** The position of a message on the screen. */
export interface MessagePosition {
  key: string;
  /** The distance from the top of the log's visible part to the message, in px. */
  below: number;
}

/**
 * The first message that begins in the visible part, but never the first loaded one. Loading earlier messages can add a
 * date above that one or make it continue a group, which moves it.
 */
export function firstVisibleMessage(rows: readonly LogRowItem[], virtualizer: Scrolling): MessagePosition | undefined {
  // Read from the element: the virtualizer's own offset is stale until the scroll event.
  const offset = virtualizer.scrollElement?.scrollTop ?? 0;
  const edge = virtualizer.getVirtualItemForOffset(offset)?.index ?? rows.length;
  const firstLoaded = rows.findIndex(messageOf);
  const visible = rows.findIndex((row, at) => at > edge && at > firstLoaded && messageOf(row));
  const item = virtualizer.measurementsCache[visible < 0 ? edge : visible];
  return item && { key: String(item.key), below: item.start - offset };
}

/** The scroll offset at which a message is at its earlier position. Undefined if the message is not loaded. */
function offsetOf(position: MessagePosition, rows: readonly LogRowItem[], virtualizer: Scrolling): number | undefined {
  const end = virtualizer.getTotalSize() - (virtualizer.scrollRect?.height ?? 0);
  const item = virtualizer.measurementsCache[rows.findIndex((row) => row.key === position.key)];
  return item && Math.max(0, Math.min(item.start - position.below, end));
}

/**
 * Keeps a message at its position on the screen until the person scrolls: when earlier messages are loaded, and when the room
 * is opened again with the position `saved`. The virtualizer alone would keep the topmost row. That row can be a date, or the
 * first message of a group, and loading earlier messages moves both. Returns a function that ends this; call it before
 * scrolling elsewhere.
 */
export function useKeepPosition(
  rows: readonly LogRowItem[],
  scroller: RefObject<HTMLDivElement | null>,
  virtualizer: Scrolling,
  saved: MessagePosition | undefined,
): () => void {
  const position = useRef(saved);
  const isKeeping = useRef(saved !== undefined);
  const firstKey = useRef<string>(undefined);
  const requestedOffset = useRef<number>(undefined);
  const stopKeeping = useCallback(() => {
    isKeeping.current = false;
    requestedOffset.current = undefined;
  }, []);
  useEffect(() => {
    const element = scroller.current;
    const scrolled = () => {
      const place = isKeeping.current && position.current && offsetOf(position.current, rows, virtualizer);
      if (element && typeof place === "number" && Math.abs(place - element.scrollTop) <= 2) return;
      stopKeeping();
      position.current = firstVisibleMessage(rows, virtualizer);
    };
    element?.addEventListener("scroll", scrolled, { passive: true });
    return () => element?.removeEventListener("scroll", scrolled);
  }, [rows, scroller, virtualizer, stopKeeping]);
  useLayoutEffect(() => {
    const known = firstKey.current;
    firstKey.current = rows.find(messageOf)?.key;
    // Earlier notices are merged into the first row if it shows notices, which changes its key.
    const isKnownFirst = (row: LogRowItem) =>
      row.key === known || ("notices" in row && row.notices.some(({ id }) => id === known));
    const wereAddedAbove = known !== firstKey.current && rows.some(isKnownFirst);
    if (wereAddedAbove && !virtualizer.isAtEnd(48)) isKeeping.current = true;
    if (!isKeeping.current || !position.current) {
      position.current = firstVisibleMessage(rows, virtualizer);
      return;
    }
    const place = offsetOf(position.current, rows, virtualizer);
    const now = scroller.current?.scrollTop ?? 0;
    if (place === undefined || place === requestedOffset.current || Math.abs(place - now) <= 1) return;
    requestedOffset.current = place;
    virtualizer.scrollToOffset(place);
  });
  return stopKeeping;
}

/** Scrolls to the end when the person sends a message, wherever they were reading. */
export function useOwnScrollsDown(rows: readonly LogRowItem[], scrollDown: () => void) {
  const last = rows.at(-1);
  const known = useRef(last?.key);
  useLayoutEffect(() => {
    if (known.current === last?.key) return;
    known.current = last?.key;
    if (last?.type === "message" && last.unsent) scrollDown();
  });
}
