import {
  clampTop,
  draw,
  maxTop,
  isSameDrawing,
  type ScrollTarget,
  type LogPosition,
  estimatedVisibleHeight,
  minTop,
  missingSpace,
  atEndWithinPx,
  paddingTop,
  spaceAbove,
} from "./log-drawing";
import { firstStart, indexOfKey, type LogLayout, layOut, moveLayout, chooseAnchor } from "./log-layout";
import type { LogRowItem } from "./log-rows";

export interface LogViewOptions {
  rows: readonly LogRowItem[];
  /** Whether older messages, and newer ones, exist that are not in `rows`. */
  hasBefore: boolean;
  hasAfter: boolean;
  /** Called when rows were added below while the end is visible. Null: stay. */
  follow: (view: LogView) => ScrollTarget | null;
}

/** Scrolling has ended when there was none for this long. */
const scrollEndMs = 250;

/** Positions the rows of a log in an element that scrolls. Used by `useLogView`; does not know React. */
export function createLogView(firstTarget: ScrollTarget) {
  const heights = new Map<string, number>();
  const elements = new Map<string, HTMLElement>();
  let options: LogViewOptions = { rows: [], hasBefore: false, hasAfter: false, follow: () => null };
  let layout: LogLayout = { rows: [], starts: [0] };
  let scrollTarget: ScrollTarget | null = firstTarget;
  let scroller: HTMLElement | null = null;
  let resizeObserver: ResizeObserver | null = null;
  /** The scroll position for which the rows are drawn, and the height of the visible part. */
  let top = 0;
  let visibleHeight = estimatedVisibleHeight;
  /** The layout was moved: the scroll position has to be set to `top` when it is drawn. */
  let needsScrollWrite = false;
  /** The scroll position that was set or noticed last. If the element has another one, the reader has scrolled. */
  let lastScrollTop = 0;
  let hasScrolled = false;
  let isScrolling = false;
  let isTouched = false;
  let scrollEndTimer: ReturnType<typeof setTimeout> | undefined;
  let onChange: (isCommitting: boolean) => void = () => {};
  const position = (): LogPosition => ({ ...options, layout, top, visibleHeight, hasScrolled });
  let drawing = draw(position());

  /** The scroll position in the current layout. */
  const currentTop = () => (needsScrollWrite ? top : (scroller?.scrollTop ?? top));

  /** Lays the rows out again. The row that is being looked at keeps its position. */
  function relayout(rows: readonly LogRowItem[]): void {
    const keys = new Set(rows.map((row) => row.key));
    const targetIndex = scrollTarget?.at === "row" ? indexOfKey(layout, scrollTarget.key) : -1;
    const anchor =
      scrollTarget?.at === "row" && targetIndex >= 0 && keys.has(scrollTarget.key)
        ? { key: scrollTarget.key, start: layout.starts[targetIndex] as number }
        : chooseAnchor(layout, [top, top + visibleHeight], (key) => keys.has(key));
    // Another part of the log is shown.
    if (!anchor && !scrollTarget && layout.rows.length > 0) scrollTarget = { at: "end" };
    layout = layOut(rows, heights, anchor, options.hasBefore ? spaceAbove : paddingTop);
    if (firstStart(layout) < paddingTop || (!isScrolling && !isTouched)) restoreSpace();
    const targetTop = scrollTarget && topOfTarget(scrollTarget);
    if (typeof targetTop === "number") top = targetTop;
  }
  /** The scroll position that a target asks for. */
  function topOfTarget(targetIndex: ScrollTarget): number | null {
    if (targetIndex.at === "end") return Math.max(0, maxTop(position()));
    const at = indexOfKey(layout, targetIndex.key);
    if (at < 0) return null;
    const targetTop =
      "below" in targetIndex
        ? (layout.starts[at] as number) - targetIndex.below
        : (layout.starts[at + 1] as number) + targetIndex.above - visibleHeight;
    return clampTop(position(), targetTop);
  }
  /** Restores the free space above the rows. Nothing moves on the screen, because the scroll position moves as far. */
  function restoreSpace(): void {
    const by = missingSpace(position());
    if (by === 0) return;
    layout = moveLayout(layout, by);
    top += by;
    needsScrollWrite = true;
  }
  /** Tells React if what it has drawn is no longer right. */
  function redraw(isCommitting = false): void {
    const next = draw(position());
    if (isSameDrawing(next, drawing) && !needsScrollWrite) return;
    drawing = next;
    onChange(isCommitting);
  }
  function setScrollTop(targetTop: number): void {
    if (!scroller) return;
    scroller.scrollTop = targetTop;
    lastScrollTop = scroller.scrollTop;
    top = lastScrollTop;
  }
  function measure(key: string, element: HTMLElement): boolean {
    const height = Math.round(element.getBoundingClientRect().height);
    if (heights.get(key) === height) return false;
    heights.set(key, height);
    return true;
  }
  /** Drops the target if the reader has scrolled. Call before changing anything: the scroll event may not have come yet. */
  function detectScroll(): void {
    if (!scroller) return;
    const now = scroller.scrollTop;
    const by = now - lastScrollTop;
    if (Math.abs(by) < 1) return;
    lastScrollTop = now;
    // The content became shorter.
    if (by < 0 && now + scroller.clientHeight >= scroller.scrollHeight - 1) return;
    top = needsScrollWrite ? top + by : now;
    const isAtEnd = by > 0 && !options.hasAfter && maxTop(position()) - top <= atEndWithinPx;
    scrollTarget = isAtEnd ? { at: "end" } : null;
    isScrolling = true;
    hasScrolled = true;
    awaitScrollEnd();
  }
  function onScroll(): void {
    detectScroll();
    if (!scrollTarget && !needsScrollWrite) top = scroller?.scrollTop ?? top;
    if (!options.hasBefore && top < minTop(position()) && layout.rows.length > 0) {
      restoreSpace();
      redraw();
    }
    const allowed = clampTop(position(), top);
    if (Math.abs(allowed - top) > 1 && options.hasBefore) setScrollTop(allowed);
    redraw();
  }
  function awaitScrollEnd(): void {
    clearTimeout(scrollEndTimer);
    scrollEndTimer = setTimeout(() => {
      if (isTouched) return awaitScrollEnd();
      detectScroll();
      isScrolling = false;
      restoreSpace();
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
    /** The listener learns whether it is called from `commit`, where React draws again by itself before the page is painted. */
    subscribe(listener: (isCommitting: boolean) => void): () => void {
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
      if (next.rows === layout.rows && next.hasBefore === previous.hasBefore && next.hasAfter === previous.hasAfter)
        return;
      detectScroll();
      top = currentTop();
      if (next.hasAfter && scrollTarget?.at === "end") scrollTarget = null;
      const wasAtEnd =
        !previous.hasAfter &&
        (scrollTarget?.at === "end" || maxTop({ ...position(), hasAfter: false }) - top <= atEndWithinPx);
      const isLonger = layout.rows.length > 0 && newestOf(layout.rows) !== newestOf(next.rows);
      const mayFollow = wasAtEnd && isLonger && !next.hasAfter;
      if (mayFollow) scrollTarget = null;
      relayout(next.rows);
      if (mayFollow) {
        scrollTarget = next.follow(view);
        relayout(next.rows);
      }
      drawing = draw(position());
    },
    /** Call after each commit. Measures new rows and sets the scroll position. */
    commit(): void {
      if (!scroller) return;
      detectScroll();
      if (needsScrollWrite) setScrollTop(top);
      else if (!scrollTarget) top = scroller.scrollTop;
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
        isTouched = false;
        awaitScrollEnd();
      };
      // The end is heard on the touched element, because it can be removed meanwhile and its events do not bubble then.
      const onTouchStart = ({ target }: TouchEvent) => {
        isTouched = true;
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
        top = element.scrollTop;
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
    /** Scrolls to a target and stays there until the reader scrolls. */
    scrollTo(next: ScrollTarget): void {
      scrollTarget = next;
      relayout(layout.rows);
      drawing = draw(position());
      onChange(true);
    },
    /** Where a row is, in px from the top of the visible part; null if it is not loaded. */
    boxOf(key: string): { top: number; bottom: number } | null {
      const at = indexOfKey(layout, key);
      if (at < 0) return null;
      const from = currentTop();
      return { top: (layout.starts[at] as number) - from, bottom: (layout.starts[at + 1] as number) - from };
    },
    visibleHeight: () => visibleHeight,
    isAtEnd: () => !options.hasAfter && maxTop(position()) - currentTop() <= atEndWithinPx,
    /** The message that is being looked at, and its distance from the top of the visible part in px. */
    anchorRow(): { key: string; below: number } | null {
      const from = currentTop();
      const row = chooseAnchor(layout, [from, from + visibleHeight], () => true);
      return row && { key: row.key, below: row.start - from };
    },
  };
  return view;
}

/** What changes when messages are added at the end: also if one is inserted above the reader's own unsent messages. */
function newestOf(rows: readonly LogRowItem[]): string {
  const sent = rows.findLast((row) => row.type !== "message" || !row.unsent);
  return `${rows.at(-1)?.key} ${sent?.key}`;
}

export type LogView = ReturnType<typeof createLogView>;
