"use client";
import {
  defaultRangeExtractor,
  type Range,
  useVirtualizer,
  type VirtualItem,
  type Virtualizer,
} from "@tanstack/react-virtual";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { type LogPlace, useLogPlaces } from "./log-places";
import { type Scrolling, useHeldEnd, useHeldMessage, useOwnScrollsDown } from "./log-holds";
import { type LogRowItem, likelyHeight } from "./log-rows";

type LogScroll = {
  roomId: string;
  rows: readonly LogRowItem[];
  scroller: RefObject<HTMLDivElement | null>;
  /** A row that stays although it is out of sight: it has the focus, or is being edited. */
  keep: number;
  /** The top comes near. */
  onTop: () => void;
};

const header = 56;
const nearTop = 12;

/**
 * The scrolling of one room's log. It holds to its end: what is added below is followed only by those who are there,
 * what is added above moves nothing. It begins where the room was left, else at what is new, else at the end.
 */
export function useLogScroll({ roomId, rows, scroller, keep, onTop }: LogScroll) {
  const places = useLogPlaces();
  const [left] = useState<LogPlace | undefined>(() => places.get(roomId));
  const placed = useRef(false);
  const getItemKey = useCallback((index: number) => rows[index]?.key ?? index, [rows]);
  const rangeExtractor = useCallback(
    (range: Range) => {
      const shown = defaultRangeExtractor(range);
      if (keep < 0 || keep >= range.count || shown.includes(keep)) return shown;
      return [...shown, keep].toSorted((a, b) => a - b);
    },
    [keep],
  );

  // Before the virtualizer, which on leaving forgets where it was.
  const latest = useRef<Scrolling>(undefined);
  useLayoutEffect(
    () => () => {
      if (latest.current) places.set(roomId, placeOf(latest.current));
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
    followOnAppend: true,
    scrollEndThreshold: 48,
    overscan: 8,
    paddingStart: header + 16,
    paddingEnd: 8,
    scrollPaddingStart: header + 8,
    scrollPaddingEnd: 8,
    initialMeasurementsCache: left?.sizes,
    // Far below, so that the first rows drawn are the last ones; the place itself is found once they are there.
    initialOffset: () => rows.reduce((sum, row) => sum + likelyHeight(row), 0),
  });

  // Once, when the first rows are there.
  useLayoutEffect(() => {
    if (placed.current || rows.length === 0) return;
    placed.current = true;
    // To offsets and not to indexes: older messages may come in above before the place is reached.
    const startOf = (at: number) => virtualizer.measurementsCache[at]?.start;
    const start = left && !left.atEnd ? startOf(rows.findIndex((row) => row.key === left.key)) : undefined;
    const news = startOf(rows.findIndex((row) => row.type === "new"));
    if (left && start !== undefined) virtualizer.scrollToOffset(start + left.into);
    else if (news !== undefined) virtualizer.scrollToOffset(news - header - 8);
    else virtualizer.scrollToEnd();
  }, [rows, left, virtualizer]);

  useLayoutEffect(() => {
    latest.current = virtualizer;
    virtualizer.shouldAdjustScrollPositionOnItemSizeChange = isAbove;
  }, [virtualizer]);
  useHeldEnd(rows, scroller, virtualizer);
  useHeldMessage(rows, virtualizer);

  const firstShown = virtualizer.range?.startIndex ?? rows.length;
  useEffect(() => {
    if (placed.current && firstShown < nearTop) onTop();
  }, [firstShown, onTop, rows.length]);

  useOwnScrollsDown(rows, () => virtualizer.scrollToEnd());
  // By the virtualizer's own lengths: its `isAtEnd` compares with the page, which while older messages come in is shorter
  // than where it already is.
  const below = virtualizer.getTotalSize() - (virtualizer.scrollOffset ?? 0) - (virtualizer.scrollRect?.height ?? 0);
  return { virtualizer, atEnd: below <= 120 };
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

function placeOf(virtualizer: Scrolling): LogPlace {
  const offset = virtualizer.scrollOffset ?? 0;
  const first = virtualizer.getVirtualItemForOffset(offset);
  return {
    atEnd: virtualizer.isAtEnd(48),
    key: first ? String(first.key) : null,
    into: first ? offset - first.start : 0,
    sizes: virtualizer.takeSnapshot(),
  };
}
