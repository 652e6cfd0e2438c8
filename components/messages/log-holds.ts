"use client";
import type { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from "react";
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
  follow: () => boolean,
) {
  const latest = useRef(follow);
  useLayoutEffect(() => {
    latest.current = follow;
  });
  // Remembered, because by the time of the change it is no longer so. It ends by scrolling up: what grows below while a
  // scroll is on its way does not end it.
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

/** A message in sight, which stays where it is. */
export interface HeldMessage {
  key: string;
  /** How far below the upper edge it begins, in px. */
  below: number;
}

/**
 * The first message in sight, except the first that is loaded: what stands above that one, and whether it begins a group,
 * depends on what is loaded before it.
 */
export function heldMessage(rows: readonly LogRowItem[], virtualizer: Scrolling): HeldMessage | undefined {
  // The virtualizer's own offset is not yet where it was told to go.
  const offset = virtualizer.scrollElement?.scrollTop ?? 0;
  const edge = virtualizer.getVirtualItemForOffset(offset)?.index ?? rows.length;
  const beginning = rows.findIndex(messageOf);
  const held = rows.findIndex((row, at) => at > edge && at > beginning && messageOf(row));
  const item = virtualizer.measurementsCache[held < 0 ? edge : held];
  return item && { key: String(item.key), below: item.start - offset };
}

/** Where the log has to stand for a message to be where it was. Undefined when it is not loaded. */
function offsetOf(held: HeldMessage, rows: readonly LogRowItem[], virtualizer: Scrolling): number | undefined {
  const end = virtualizer.getTotalSize() - (virtualizer.scrollRect?.height ?? 0);
  const item = virtualizer.measurementsCache[rows.findIndex((row) => row.key === held.key)];
  return item && Math.max(0, Math.min(item.start - held.below, end));
}

/**
 * When older messages come in above, the virtualizer holds on to the uppermost row. That may be a date, which moves away
 * from its message, or a message that no longer begins its group; and it makes up for nothing that is measured before the
 * log has scrolled. So from then on, and from where the room was left, a message is held to its place until somebody scrolls.
 * Returns what lets go of it, for whoever wants to go elsewhere.
 */
export function useHeldMessage(
  rows: readonly LogRowItem[],
  scroller: RefObject<HTMLDivElement | null>,
  virtualizer: Scrolling,
  left: HeldMessage | undefined,
): () => void {
  const held = useRef(left);
  const holding = useRef(left !== undefined);
  const beginning = useRef<string>(undefined);
  const asked = useRef<number>(undefined);
  const letGo = useCallback(() => {
    holding.current = false;
    asked.current = undefined;
  }, []);
  useEffect(() => {
    const element = scroller.current;
    const scrolled = () => {
      const place = holding.current && held.current && offsetOf(held.current, rows, virtualizer);
      if (element && typeof place === "number" && Math.abs(place - element.scrollTop) <= 2) return;
      letGo();
      held.current = heldMessage(rows, virtualizer);
    };
    element?.addEventListener("scroll", scrolled, { passive: true });
    return () => element?.removeEventListener("scroll", scrolled);
  }, [rows, scroller, virtualizer, letGo]);
  useLayoutEffect(() => {
    const known = beginning.current;
    beginning.current = rows.find(messageOf)?.key;
    // Comings and goings that come in above join the first row, which then has another key.
    const tells = (row: LogRowItem) =>
      row.key === known || ("notices" in row && row.notices.some(({ id }) => id === known));
    const cameAbove = known !== beginning.current && rows.some(tells);
    if (cameAbove && !virtualizer.isAtEnd(48)) holding.current = true;
    if (!holding.current || !held.current) {
      held.current = heldMessage(rows, virtualizer);
      return;
    }
    const place = offsetOf(held.current, rows, virtualizer);
    const now = scroller.current?.scrollTop ?? 0;
    if (place === undefined || place === asked.current || Math.abs(place - now) <= 1) return;
    asked.current = place;
    virtualizer.scrollToOffset(place);
  });
  return letGo;
}

/** What one has just written is shown, wherever one was reading. */
export function useOwnScrollsDown(rows: readonly LogRowItem[], scrollDown: () => void) {
  const last = rows.at(-1);
  const known = useRef(last?.key);
  useLayoutEffect(() => {
    if (known.current === last?.key) return;
    known.current = last?.key;
    if (last?.type === "message" && last.unsent) scrollDown();
  });
}
