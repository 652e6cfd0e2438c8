import {
  clampTop,
  computeDrawing,
  maxTop,
  isSameDrawing,
  type ScrollTarget,
  type LogViewState,
  estimatedVisibleHeight,
  minTop,
  missingSpace,
  atEndWithinPx,
  paddingTop,
  freeSpaceAbove,
} from "./log-drawing";
import { firstStart, indexOfKey, type LogLayout, layOut, moveLayout, chooseAnchor } from "./log-layout";
import type { LogRowItem } from "./log-rows";

export interface LogViewOptions {
  rows: readonly LogRowItem[];
  /** How the rows are shown. If it changes, all are measured again. */
  look: string | null;
  /** Whether the log has older messages than `rows`. */
  hasOlder: boolean;
  /** Whether the log has newer messages than `rows`. */
  hasNewer: boolean;
  /** Called when the last rows change while the log is at its end. Returns where to scroll, or null to stay. */
  follow: (view: LogView) => ScrollTarget | null;
}

/** Scrolling counts as ended if the scroll position did not change for this long. */
const scrollEndMs = 250;

/** Positions the rows of a log in a scrolling element. It does not use React. `useLogView` is the hook for it. */
export function createLogView(firstTarget: ScrollTarget) {
  const heights = new Map<string, number>();
  const elements = new Map<string, HTMLElement>();
  let options: LogViewOptions = { rows: [], look: null, hasOlder: false, hasNewer: false, follow: () => null };
  let layout: LogLayout = { rows: [], starts: [0] };
  let scrollTarget: ScrollTarget | null = firstTarget;
  let scroller: HTMLElement | null = null;
  let resizeObserver: ResizeObserver | null = null;
  /** The scroll position for which the rows are drawn, and the height of the visible part. */
  let drawnTop = 0;
  let visibleHeight = estimatedVisibleHeight;
  /** Whether the layout was moved. If so, the next commit sets the scroll position to `drawnTop`. */
  let needsScrollWrite = false;
  /** The scroll position that was last set or read. If the element's position differs, the reader has scrolled. */
  let lastScrollTop = 0;
  let hasScrolled = false;
  let isScrolling = false;
  let isTouching = false;
  let scrollEndTimer: ReturnType<typeof setTimeout> | undefined;
  let onChange: (rendersBeforePaint: boolean) => void = () => {};
  const viewState = (): LogViewState => ({ ...options, layout, top: drawnTop, visibleHeight, hasScrolled });
  let drawing = computeDrawing(viewState());

  /** The scroll position for `layout`. While a write is pending, the element still has the one for the previous layout. */
  const currentTop = () => (needsScrollWrite ? drawnTop : (scroller?.scrollTop ?? drawnTop));

  /**
   * Lays out the rows around one row that keeps its position: the row of the scroll target, or else a visible message. Then sets
   * `drawnTop` to the position of the scroll target, if there is one.
   */
  function relayout(rows: readonly LogRowItem[]): void {
    const keys = new Set(rows.map((row) => row.key));
    const targetIndex = scrollTarget?.at === "row" ? indexOfKey(layout, scrollTarget.key) : -1;
    const anchor =
      scrollTarget?.at === "row" && targetIndex >= 0 && keys.has(scrollTarget.key)
        ? { key: scrollTarget.key, start: layout.starts[targetIndex] as number }
        : chooseAnchor(layout, [drawnTop, drawnTop + visibleHeight], (key) => keys.has(key));
    // No row remains, so another part of the log is shown. Begin at its end.
    if (!anchor && !scrollTarget && layout.rows.length > 0) scrollTarget = { at: "end" };
    layout = layOut(rows, heights, anchor, options.hasOlder ? freeSpaceAbove : paddingTop);
    if (firstStart(layout) < paddingTop || (!isScrolling && !isTouching)) adjustSpace();
    const targetTop = scrollTarget && topOfTarget(scrollTarget);
    if (typeof targetTop === "number") drawnTop = targetTop;
  }
  /** The scroll position of a target. Null if its row is not loaded. */
  function topOfTarget(target: ScrollTarget): number | null {
    if (target.at === "end") return Math.max(0, maxTop(viewState()));
    const index = indexOfKey(layout, target.key);
    if (index < 0) return null;
    const targetTop =
      "pxBelowTop" in target
        ? (layout.starts[index] as number) - target.pxBelowTop
        : (layout.starts[index + 1] as number) + target.pxAboveBottom - visibleHeight;
    return clampTop(viewState(), targetTop);
  }
  /**
   * Adjusts the space above the rows: room for older rows if there are any, otherwise only the padding. The scroll position
   * changes by the same distance, so nothing moves on the screen.
   */
  function adjustSpace(): void {
    const missingPx = missingSpace(viewState());
    if (missingPx === 0) return;
    layout = moveLayout(layout, missingPx);
    drawnTop += missingPx;
    needsScrollWrite = true;
  }
  /** Makes React render again if the drawing has changed or a scroll position has to be set. */
  function redraw(rendersBeforePaint = false): void {
    const next = computeDrawing(viewState());
    if (isSameDrawing(next, drawing) && !needsScrollWrite) return;
    drawing = next;
    onChange(rendersBeforePaint);
  }
  function setScrollTop(targetTop: number): void {
    if (!scroller) return;
    scroller.scrollTop = targetTop;
    lastScrollTop = scroller.scrollTop;
    drawnTop = lastScrollTop;
  }
  /** Measures a row. Returns whether its height has changed. */
  function measure(key: string, element: HTMLElement): boolean {
    const height = Math.round(element.getBoundingClientRect().height);
    if (heights.get(key) === height) return false;
    heights.set(key, height);
    return true;
  }
  /**
   * Detects whether the reader has scrolled. If so, removes the scroll target, or makes the end the target if they scrolled to
   * it. Call this before changing anything, because the scroll event may not have been dispatched yet.
   */
  function detectScroll(): void {
    if (!scroller) return;
    const now = scroller.scrollTop;
    const scrolledPx = now - lastScrollTop;
    if (Math.abs(scrolledPx) < 1) return;
    lastScrollTop = now;
    // If the position became smaller but is at the end, the content became shorter. The reader has not scrolled.
    if (scrolledPx < 0 && now + scroller.clientHeight >= scroller.scrollHeight - 1) return;
    drawnTop = needsScrollWrite ? drawnTop + scrolledPx : now;
    const isAtEnd = scrolledPx > 0 && !options.hasNewer && maxTop(viewState()) - drawnTop <= atEndWithinPx;
    scrollTarget = isAtEnd ? { at: "end" } : null;
    isScrolling = true;
    hasScrolled = true;
    awaitScrollEnd();
  }
  function onScroll(): void {
    detectScroll();
    if (!scrollTarget && !needsScrollWrite) drawnTop = scroller?.scrollTop ?? drawnTop;
    // If there are no older messages and the reader scrolls into the space for them, remove that space.
    if (!options.hasOlder && drawnTop < minTop(viewState()) && layout.rows.length > 0) {
      adjustSpace();
      redraw();
    }
    // While older rows load, the reader cannot scroll into the space reserved for those rows.
    const allowedTop = clampTop(viewState(), drawnTop);
    if (Math.abs(allowedTop - drawnTop) > 1 && options.hasOlder) setScrollTop(allowedTop);
    redraw();
  }
  function awaitScrollEnd(): void {
    clearTimeout(scrollEndTimer);
    scrollEndTimer = setTimeout(() => {
      if (isTouching) return awaitScrollEnd();
      detectScroll();
      isScrolling = false;
      adjustSpace();
      redraw();
    }, scrollEndMs);
  }
  function onResize(entries: readonly ResizeObserverEntry[]): void {
    let changed = false;
    for (const { target } of entries) {
      const key = target instanceof HTMLElement ? target.dataset.key : undefined;
      if (target === scroller) {
        changed ||= visibleHeight !== scroller.clientHeight;
        visibleHeight = scroller.clientHeight;
      } else if (key !== undefined && target.isConnected) changed = measure(key, target as HTMLElement) || changed;
    }
    if (!changed) return;
    detectScroll();
    relayout(layout.rows);
    redraw();
  }

  const view = {
    /**
     * Calls `listener` when React must render again. `rendersBeforePaint` is true during a commit or an event handler: React then
     * renders before the next paint by itself. If it is false, the listener must use `flushSync`.
     */
    subscribe(listener: (rendersBeforePaint: boolean) => void): () => void {
      onChange = listener;
      return () => {
        onChange = () => {};
      };
    },
    drawing: () => drawing,
    /** Call while rendering, with the rows to show. */
    setRows(next: LogViewOptions): void {
      const previous = options;
      options = next;
      const isSame = (["look", "hasOlder", "hasNewer"] as const).every((key) => next[key] === previous[key]);
      if (next.rows === layout.rows && isSame) return;
      if (next.look !== previous.look) heights.clear();
      detectScroll();
      drawnTop = currentTop();
      if (next.hasNewer && scrollTarget?.at === "end") scrollTarget = null;
      // `layout` still has the previous rows. They ended the log, or `previous.hasNewer` would be true. So compute their end
      // without newer ones.
      const wasAtEnd =
        !previous.hasNewer &&
        (scrollTarget?.at === "end" || maxTop({ ...viewState(), hasNewer: false }) - drawnTop <= atEndWithinPx);
      const endChanged = layout.rows.length > 0 && endKey(layout.rows) !== endKey(next.rows);
      const mayFollow = wasAtEnd && endChanged && !next.hasNewer;
      if (mayFollow) scrollTarget = null;
      relayout(next.rows);
      // `follow` needs the new layout to choose a target. The second `relayout` scrolls to that target.
      if (mayFollow) {
        scrollTarget = next.follow(view);
        relayout(next.rows);
      }
      drawing = computeDrawing(viewState());
    },
    /** Call after each commit. Measures new rows and sets the scroll position. */
    commit(): void {
      if (!scroller) return;
      detectScroll();
      if (needsScrollWrite) setScrollTop(drawnTop);
      else if (!scrollTarget) drawnTop = scroller.scrollTop;
      needsScrollWrite = false;
      let changed = false;
      for (const [key, element] of elements) if (!heights.has(key)) changed = measure(key, element) || changed;
      if (changed) relayout(layout.rows);
      const targetTop = scrollTarget && topOfTarget(scrollTarget);
      if (typeof targetTop === "number" && Math.abs(targetTop - scroller.scrollTop) >= 1) setScrollTop(targetTop);
      redraw(true);
    },
    /** Call with the element that scrolls. Returns a function to call when it is removed. */
    attach(element: HTMLElement): () => void {
      scroller = element;
      visibleHeight = element.clientHeight;
      resizeObserver = new ResizeObserver(onResize);
      resizeObserver.observe(element);
      for (const row of elements.values()) resizeObserver.observe(row, { box: "border-box" });
      const onTouchEnd = () => {
        isTouching = false;
        awaitScrollEnd();
      };
      // Listens on the touched element, because its events do not bubble if it is removed during the touch.
      const onTouchStart = ({ target }: TouchEvent) => {
        isTouching = true;
        for (const end of ["touchend", "touchcancel"]) target?.addEventListener(end, onTouchEnd, { once: true });
      };
      element.addEventListener("scroll", onScroll, { passive: true });
      element.addEventListener("touchstart", onTouchStart, { passive: true });
      relayout(layout.rows);
      return () => {
        element.removeEventListener("scroll", onScroll);
        element.removeEventListener("touchstart", onTouchStart);
        resizeObserver?.disconnect();
        clearTimeout(scrollEndTimer);
        drawnTop = element.scrollTop;
        scroller = null;
      };
    },
    /** The ref of every rendered row. */
    rowRef(element: HTMLElement | null): (() => void) | undefined {
      if (!element) return undefined;
      const key = element.dataset.key ?? "";
      elements.set(key, element);
      resizeObserver?.observe(element, { box: "border-box" });
      return () => {
        resizeObserver?.unobserve(element);
        if (elements.get(key) === element) elements.delete(key);
      };
    },
    /** Scrolls to a target and stays there until the reader scrolls. Call it from an effect or an event handler. */
    scrollTo(next: ScrollTarget): void {
      scrollTarget = next;
      relayout(layout.rows);
      drawing = computeDrawing(viewState());
      onChange(true);
    },
    /** The top and bottom of a row, in px from the top of the visible part. Null if the row is not loaded. */
    boxOf(key: string): { top: number; bottom: number } | null {
      const index = indexOfKey(layout, key);
      if (index < 0) return null;
      const from = currentTop();
      return { top: (layout.starts[index] as number) - from, bottom: (layout.starts[index + 1] as number) - from };
    },
    visibleHeight: () => visibleHeight,
    isAtEnd: () => !options.hasNewer && maxTop(viewState()) - currentTop() <= atEndWithinPx,
    /** A visible message, and its distance from the top of the visible part in px. */
    anchorRow(): { key: string; pxBelowTop: number } | null {
      const from = currentTop();
      const row = chooseAnchor(layout, [from, from + visibleHeight], () => true);
      return row && { key: row.key, pxBelowTop: row.start - from };
    },
  };
  return view;
}

/** A key that changes with the last row of the log, and with the last row above the reader's unsent messages. */
function endKey(rows: readonly LogRowItem[]): string {
  const sent = rows.findLast((row) => row.type !== "message" || !row.unsent);
  return `${rows.at(-1)?.key} ${sent?.key}`;
}

export type LogView = ReturnType<typeof createLogView>;
