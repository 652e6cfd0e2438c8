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
import { firstVisibleMessage, type Scrolling, useStayAtEnd, useKeepPosition, useOwnScrollsDown } from "./log-anchoring";
import { type LogRowItem, likelyHeight } from "./log-rows";

type LogScroll = {
  roomId: string;
  rows: readonly LogRowItem[];
  scroller: RefObject<HTMLDivElement | null>;
  /** The index of the row that is being edited; -1 if there is none. */
  editingAt: number;
  /** Indexes of rows to render even when they are out of sight: the focused one, the edited one, both ends of the selection. */
  keep: readonly number[];
  /** Called when the first rows come near, so that older messages can be loaded. */
  onTop: () => void;
};

/** The height of the translucent header that covers the top of the log, in px. */
export const headerHeight = 56;
const paddingStart = headerHeight + 16;
/** Older messages load when fewer rows than this are above the visible ones. */
const loadWithinRows = 12;

/**
 * Controls the scroll position of a room's log. It starts at the position of the last visit, else at the divider "New", else at
 * the end. New messages scroll the log only if it is at its end; one's own message always does. Older messages that load above
 * do not move what is visible.
 */
export function useLogScroll({ roomId, rows, scroller, editingAt, keep, onTop }: LogScroll) {
  const places = useLogPlaces();
  const [saved] = useState<LogPlace | undefined>(() => places.get(roomId));
  const isPlaced = useRef(false);
  const getItemKey = useCallback((index: number) => rows[index]?.key ?? index, [rows]);
  const rangeExtractor = useCallback(
    (range: Range) => {
      const shown = defaultRangeExtractor(range);
      const extra = keep.filter((at) => at >= 0 && at < range.count && !shown.includes(at));
      return extra.length > 0 ? [...new Set([...shown, ...extra])].toSorted((a, b) => a - b) : shown;
    },
    [keep],
  );

  // This effect comes before the virtualizer, so that its cleanup reads the position before the virtualizer resets it.
  const currentPlace = useRef<() => LogPlace>(undefined);
  useLayoutEffect(
    () => () => {
      if (currentPlace.current) places.set(roomId, currentPlace.current());
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
    scrollPaddingStart: headerHeight + 8,
    scrollPaddingEnd: 8,
    initialMeasurementsCache: saved?.sizes,
    initialOffset: () => firstOffset(rows, saved),
  });

  // Runs once, when the first rows are loaded.
  useLayoutEffect(() => {
    if (isPlaced.current || rows.length === 0) return;
    isPlaced.current = true;
    if (saved?.position && rows.some(({ key }) => key === saved.position?.key)) return;
    // Scroll to an offset, not an index: indexes change if older messages load before the scroll ends.
    const divider = virtualizer.measurementsCache[rows.findIndex((row) => row.type === "new")];
    if (divider) virtualizer.scrollToOffset(divider.start - headerHeight - 8);
    else virtualizer.scrollToEnd();
  }, [rows, saved, virtualizer]);

  useLayoutEffect(() => {
    currentPlace.current = () => placeOf(rows, virtualizer);
  }, [rows, virtualizer]);
  useLayoutEffect(() => {
    virtualizer.shouldAdjustScrollPositionOnItemSizeChange = adjustsScroll;
  }, [virtualizer]);
  const dividerAt = rows.findIndex((row) => row.type === "new");
  const firstNew = rows[dividerAt + 1]?.key;
  const previousFirstNew = useRef(firstNew);
  useStayAtEnd(rows, scroller, virtualizer, () => {
    if (isShown(virtualizer, editingAt)) return false;
    // Stop at the divider if nobody is looking at the page, or if the divider has just appeared.
    return follow(virtualizer, isLooking() && firstNew === previousFirstNew.current ? -1 : dividerAt);
  });
  useLayoutEffect(() => {
    previousFirstNew.current = firstNew;
  }, [firstNew]);
  const stopKeeping = useKeepPosition(rows, scroller, virtualizer, saved?.position);

  const firstShown = virtualizer.range?.startIndex ?? rows.length;
  useEffect(() => {
    if (isPlaced.current && firstShown < loadWithinRows) onTop();
  }, [firstShown, onTop, rows.length]);

  const scrollToEnd = () => {
    stopKeeping();
    virtualizer.scrollToEnd();
  };
  const scrollToRow = (index: number) => {
    stopKeeping();
    virtualizer.scrollToIndex(index, { align: "auto" });
  };
  useOwnScrollsDown(rows, scrollToEnd);
  useEditorInSight(rows[editingAt]?.key, editingAt, scroller, virtualizer);
  // The distance to the end, from the virtualizer's own sizes. Its `isAtEnd` uses the size of the page, which is still too
  // small while older messages load.
  const below = virtualizer.getTotalSize() - (virtualizer.scrollOffset ?? 0) - (virtualizer.scrollRect?.height ?? 0);
  return {
    virtualizer,
    scrollToEnd,
    scrollToRow,
    below,
    isShown: (index: number) => isShown(virtualizer, index),
  };
}

/** Keeps the editor of a message in sight while it grows. */
function useEditorInSight(
  key: string | undefined,
  editingAt: number,
  scroller: RefObject<HTMLDivElement | null>,
  virtualizer: Scrolling,
): void {
  const height = virtualizer.measurementsCache[editingAt]?.size;
  // A ref, so that a changed index alone does not scroll. It also changes when older messages load above, and by then the
  // reader may have scrolled away.
  const at = useRef(editingAt);
  useLayoutEffect(() => {
    at.current = editingAt;
  });
  useEffect(() => {
    const hasFocus = scroller.current?.contains(document.activeElement);
    if (key !== undefined && height !== undefined && hasFocus) virtualizer.scrollToIndex(at.current, { align: "auto" });
  }, [key, height, scroller, virtualizer]);
}

function isShown({ range }: Scrolling, index: number): boolean {
  return range !== null && index >= range.startIndex && index <= range.endIndex;
}

/**
 * Scrolls to the end, but not past the divider at `dividerAt` (-1 for none), because messages that scroll past unseen would
 * count as read. Never scrolls up: a divider above the visible part is ignored. Returns whether it scrolled to the end.
 */
function follow(virtualizer: Scrolling, dividerAt: number): boolean {
  const divider = virtualizer.measurementsCache[dividerAt];
  const place = divider ? divider.start - headerHeight - 8 : Number.POSITIVE_INFINITY;
  const end = virtualizer.getTotalSize() - (virtualizer.scrollRect?.height ?? 0);
  const stops = place >= (virtualizer.scrollElement?.scrollTop ?? 0) - 1 && place < end;
  if (stops) virtualizer.scrollToOffset(place);
  else virtualizer.scrollToEnd();
  return !stops;
}

/**
 * The offset of the first render: the position of the last visit, else the end. An initial offset, unlike a later scroll, stays
 * right when rows above it are added or measured.
 */
function firstOffset(rows: readonly LogRowItem[], saved: LogPlace | undefined): number {
  const sizes = new Map(saved?.sizes.map(({ key, size }) => [key, size]));
  let offset = paddingStart;
  for (const row of rows) {
    if (row.key === saved?.position?.key) return offset - saved.position.below;
    offset += sizes.get(row.key) ?? likelyHeight(row);
  }
  return offset;
}

/**
 * Whether to adjust the scroll position when a row's height changes: if the row is above the visible part. The virtualizer's
 * default does not adjust while scrolling up, but then older messages load and change the height of the first row.
 */
function adjustsScroll(
  row: VirtualItem,
  _change: number,
  { itemSizeCache, scrollOffset }: Virtualizer<HTMLDivElement, Element>,
) {
  const known = itemSizeCache.get(row.key);
  return row.start + (known ?? 0) < (scrollOffset ?? 0) + (known === undefined ? 0 : 1);
}

function placeOf(rows: readonly LogRowItem[], virtualizer: Scrolling): LogPlace {
  return {
    position: virtualizer.isAtEnd(48) ? undefined : firstVisibleMessage(rows, virtualizer),
    sizes: virtualizer.takeSnapshot(),
  };
}
