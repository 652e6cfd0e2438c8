"use client";
import {
  defaultRangeExtractor,
  type Range,
  useVirtualizer,
  type VirtualItem,
  type Virtualizer,
} from "@tanstack/react-virtual";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { isLooking } from "@/lib/client/looking";
import { type LogPlace, useLogPlaces } from "./log-places";
import { heldMessage, type Scrolling, useHeldEnd, useHeldMessage, useOwnScrollsDown } from "./log-holds";
import { type LogRowItem, likelyHeight } from "./log-rows";

type LogScroll = {
  roomId: string;
  rows: readonly LogRowItem[];
  scroller: RefObject<HTMLDivElement | null>;
  /** The row that is being edited, -1 without one. */
  editingAt: number;
  /** Rows that stay although they are out of sight: with the focus, being edited, an end of what is selected. */
  keep: readonly number[];
  /** The top comes near. */
  onTop: () => void;
};

/** The glass header that lies over the log, in px. */
export const header = 56;
const paddingStart = header + 16;
const nearTop = 12;

/**
 * The scrolling of one room's log. It holds to its end: what is added below is followed only by those who are there,
 * what is added above moves nothing. It begins where the room was left, else at what is new, else at the end.
 */
export function useLogScroll({ roomId, rows, scroller, editingAt, keep, onTop }: LogScroll) {
  const places = useLogPlaces();
  const [left] = useState<LogPlace | undefined>(() => places.get(roomId));
  const placed = useRef(false);
  const getItemKey = useCallback((index: number) => rows[index]?.key ?? index, [rows]);
  const rangeExtractor = useCallback(
    (range: Range) => {
      const shown = defaultRangeExtractor(range);
      const kept = keep.filter((at) => at >= 0 && at < range.count && !shown.includes(at));
      return kept.length > 0 ? [...new Set([...shown, ...kept])].toSorted((a, b) => a - b) : shown;
    },
    [keep],
  );

  // Before the virtualizer, which on leaving forgets where it was.
  const place = useRef<() => LogPlace>(undefined);
  useLayoutEffect(
    () => () => {
      if (place.current) places.set(roomId, place.current());
    },
    [places, roomId],
  );

  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => {
      const row = rows[index];
      return row ? likelyHeight(row) : 48;
    },
    getItemKey,
    rangeExtractor,
    anchorTo: "end",
    scrollEndThreshold: 48,
    overscan: 8,
    paddingStart,
    paddingEnd: 8,
    scrollPaddingStart: header + 8,
    scrollPaddingEnd: 8,
    initialMeasurementsCache: left?.sizes,
    initialOffset: () => firstOffset(rows, left),
  });

  // Once, when the first rows are there.
  useLayoutEffect(() => {
    if (placed.current || rows.length === 0) return;
    placed.current = true;
    if (left?.held && rows.some(({ key }) => key === left.held?.key)) return;
    // To offsets and not to indexes: older messages may come in above before the place is reached.
    const news = virtualizer.measurementsCache[rows.findIndex((row) => row.type === "new")];
    if (news) virtualizer.scrollToOffset(news.start - header - 8);
    else virtualizer.scrollToEnd();
  }, [rows, left, virtualizer]);

  useLayoutEffect(() => {
    place.current = () => placeOf(rows, virtualizer);
  }, [rows, virtualizer]);
  useLayoutEffect(() => {
    virtualizer.shouldAdjustScrollPositionOnItemSizeChange = isAbove;
  }, [virtualizer]);
  const newsAt = rows.findIndex((row) => row.type === "new");
  const firstNew = rows[newsAt + 1]?.key;
  const knownNew = useRef(firstNew);
  useHeldEnd(rows, scroller, virtualizer, () => {
    if (isShown(virtualizer, editingAt)) return false;
    return follow(virtualizer, isLooking() && firstNew === knownNew.current ? -1 : newsAt);
  });
  useLayoutEffect(() => {
    knownNew.current = firstNew;
  }, [firstNew]);
  const letGo = useHeldMessage(rows, scroller, virtualizer, left?.held);

  const firstShown = virtualizer.range?.startIndex ?? rows.length;
  useEffect(() => {
    if (placed.current && firstShown < nearTop) onTop();
  }, [firstShown, onTop, rows.length]);

  const scrollToEnd = () => {
    letGo();
    virtualizer.scrollToEnd();
  };
  const scrollToRow = (index: number) => {
    letGo();
    virtualizer.scrollToIndex(index, { align: "auto" });
  };
  useOwnScrollsDown(rows, scrollToEnd);
  useEditorInSight(rows[editingAt]?.key, editingAt, scroller, virtualizer);
  // By the virtualizer's own lengths: its `isAtEnd` compares with the page, which while older messages come in is shorter
  // than where it already is.
  const below = virtualizer.getTotalSize() - (virtualizer.scrollOffset ?? 0) - (virtualizer.scrollRect?.height ?? 0);
  return {
    virtualizer,
    scrollToEnd,
    scrollToRow,
    below,
    isShown: (index: number) => isShown(virtualizer, index),
  };
}

/** However an editor grows, what is typed in it stays in sight. */
function useEditorInSight(
  key: string | undefined,
  editingAt: number,
  scroller: RefObject<HTMLDivElement | null>,
  virtualizer: Scrolling,
): void {
  const height = virtualizer.measurementsCache[editingAt]?.size;
  // Rows that come in above only move it: whoever has scrolled away from it is not pulled back.
  const at = useRef(editingAt);
  useLayoutEffect(() => {
    at.current = editingAt;
  });
  useEffect(() => {
    const isTyped = scroller.current?.contains(document.activeElement);
    if (key !== undefined && height !== undefined && isTyped) virtualizer.scrollToIndex(at.current, { align: "auto" });
  }, [key, height, scroller, virtualizer]);
}

function isShown({ range }: Scrolling, index: number): boolean {
  return range !== null && index >= range.startIndex && index <= range.endIndex;
}

/**
 * Follows what came in at the end, but not beyond the divider at `newsAt`, if one is given: while nobody looks, and when it has
 * just come, what scrolled past it unseen would count as read. Never up: a divider above the edge was passed long ago.
 * Returns whether it is at the end.
 */
function follow(virtualizer: Scrolling, newsAt: number): boolean {
  const divider = virtualizer.measurementsCache[newsAt];
  const place = divider ? divider.start - header - 8 : Number.POSITIVE_INFINITY;
  const end = virtualizer.getTotalSize() - (virtualizer.scrollRect?.height ?? 0);
  const stops = place >= (virtualizer.scrollElement?.scrollTop ?? 0) - 1 && place < end;
  if (stops) virtualizer.scrollToOffset(place);
  else virtualizer.scrollToEnd();
  return !stops;
}

/**
 * Where drawing begins: where the log was left; else far below, so that the first rows drawn are the last ones, from which
 * its place is found. What is begun at moves with what comes in or is measured above, other than what is scrolled to.
 */
function firstOffset(rows: readonly LogRowItem[], left: LogPlace | undefined): number {
  const sizes = new Map(left?.sizes.map(({ key, size }) => [key, size]));
  let offset = paddingStart;
  for (const row of rows) {
    if (row.key === left?.held?.key) return offset - left.held.below;
    offset += sizes.get(row.key) ?? likelyHeight(row);
  }
  return offset;
}

/**
 * Whether a row's new height is made up for: when it is out of sight above. Also while scrolling up, other than the
 * virtualizer's own rule: older messages join the first one's group or day, and so change rows above the one being read.
 */
function isAbove(
  row: VirtualItem,
  _change: number,
  { itemSizeCache, scrollOffset }: Virtualizer<HTMLDivElement, Element>,
) {
  const known = itemSizeCache.get(row.key);
  return row.start + (known ?? 0) < (scrollOffset ?? 0) + (known === undefined ? 0 : 1);
}

function placeOf(rows: readonly LogRowItem[], virtualizer: Scrolling): LogPlace {
  return {
    held: virtualizer.isAtEnd(48) ? undefined : heldMessage(rows, virtualizer),
    sizes: virtualizer.takeSnapshot(),
  };
}
