import {
  clamp,
  draw,
  highest,
  isSameDrawing,
  type LogGoal,
  type LogPosition,
  likelyVisibleHeight,
  lowest,
  missingSpace,
  nearEnd,
  paddingTop,
  spaceAbove,
} from "./log-drawing";
import { firstStart, indexOfKey, type LogLayout, layOut, moved, rowToFix } from "./log-layout";
import type { LogRowItem } from "./log-rows";

export interface LogViewOptions {
  rows: readonly LogRowItem[];
  /** Whether older messages, and newer ones, exist that are not in `rows`. */
  hasBefore: boolean;
  hasAfter: boolean;
  /** Called when rows were added below while the end is visible. Null: stay. */
  follow: (view: LogView) => LogGoal | null;
}

/** Scrolling has ended when there was none for this long. */
const quietMs = 250;

/** Positions the rows of a log in an element that scrolls. Used by `useLogView`; does not know React. */
export function createLogView(first: LogGoal) {
  const sizes = new Map<string, number>();
  const elements = new Map<string, HTMLElement>();
  let options: LogViewOptions = { rows: [], hasBefore: false, hasAfter: false, follow: () => null };
  let layout: LogLayout = { rows: [], starts: [0] };
  let goal: LogGoal | null = first;
  let scroller: HTMLElement | null = null;
  let sizesObserver: ResizeObserver | null = null;
  /** The scroll position for which the rows are drawn, and the height of the visible part. */
  let top = 0;
  let visibleHeight = likelyVisibleHeight;
  /** The layout was moved: the scroll position has to be set to `top` when it is drawn. */
  let isMoved = false;
  /** The scroll position that was set or noticed last. If the element has another one, the reader has scrolled. */
  let known = 0;
  let hasScrolled = false;
  let isScrolling = false;
  let isTouched = false;
  let quiet: ReturnType<typeof setTimeout> | undefined;
  let onChange: (isCommitting: boolean) => void = () => {};
  const position = (): LogPosition => ({ ...options, layout, top, visibleHeight, hasScrolled });
  let drawing = draw(position());

  /** The scroll position in the current layout. */
  const scrolledTo = () => (isMoved ? top : (scroller?.scrollTop ?? top));

  /** Lays the rows out again. The row that is being looked at keeps its position. */
  function relayout(rows: readonly LogRowItem[]): void {
    const keys = new Set(rows.map((row) => row.key));
    const wanted = goal?.at === "row" ? indexOfKey(layout, goal.key) : -1;
    const fixed =
      goal?.at === "row" && wanted >= 0 && keys.has(goal.key)
        ? { key: goal.key, start: layout.starts[wanted] as number }
        : rowToFix(layout, [top, top + visibleHeight], (key) => keys.has(key));
    // Another part of the log is shown.
    if (!fixed && !goal && layout.rows.length > 0) goal = { at: "end" };
    layout = layOut(rows, sizes, fixed, options.hasBefore ? spaceAbove : paddingTop);
    if (firstStart(layout) < paddingTop || (!isScrolling && !isTouched)) settle();
    const place = goal && placeOf(goal);
    if (typeof place === "number") top = place;
  }
  /** The scroll position that a goal asks for. */
  function placeOf(asked: LogGoal): number | null {
    if (asked.at === "end") return Math.max(0, highest(position()));
    const at = indexOfKey(layout, asked.key);
    if (at < 0) return null;
    const place =
      "below" in asked
        ? (layout.starts[at] as number) - asked.below
        : (layout.starts[at + 1] as number) + asked.above - visibleHeight;
    return clamp(position(), place);
  }
  /** Restores the free space above the rows. Nothing moves on the screen, because the scroll position moves as far. */
  function settle(): void {
    const by = missingSpace(position());
    if (by === 0) return;
    layout = moved(layout, by);
    top += by;
    isMoved = true;
  }
  /** Tells React if what it has drawn is no longer right. */
  function redraw(isCommitting = false): void {
    const next = draw(position());
    if (isSameDrawing(next, drawing) && !isMoved) return;
    drawing = next;
    onChange(isCommitting);
  }
  function write(place: number): void {
    if (!scroller) return;
    scroller.scrollTop = place;
    known = scroller.scrollTop;
    top = known;
  }
  function measure(key: string, element: HTMLElement): boolean {
    const size = Math.round(element.getBoundingClientRect().height);
    if (sizes.get(key) === size) return false;
    sizes.set(key, size);
    return true;
  }
  /** Ends the goal if the reader has scrolled. Call before changing anything: the scroll event may not have come yet. */
  function notice(): void {
    if (!scroller) return;
    const now = scroller.scrollTop;
    const by = now - known;
    if (Math.abs(by) < 1) return;
    known = now;
    // The content became shorter.
    if (by < 0 && now + scroller.clientHeight >= scroller.scrollHeight - 1) return;
    top = isMoved ? top + by : now;
    const isAtEnd = by > 0 && !options.hasAfter && highest(position()) - top <= nearEnd;
    goal = isAtEnd ? { at: "end" } : null;
    isScrolling = true;
    hasScrolled = true;
    becomeQuiet();
  }
  function onScroll(): void {
    notice();
    if (!goal && !isMoved) top = scroller?.scrollTop ?? top;
    if (!options.hasBefore && top < lowest(position()) && layout.rows.length > 0) {
      settle();
      redraw();
    }
    const allowed = clamp(position(), top);
    if (Math.abs(allowed - top) > 1 && options.hasBefore) write(allowed);
    redraw();
  }
  function becomeQuiet(): void {
    clearTimeout(quiet);
    quiet = setTimeout(() => {
      if (isTouched) return becomeQuiet();
      notice();
      isScrolling = false;
      settle();
      redraw();
    }, quietMs);
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
    notice();
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
    show(next: LogViewOptions): void {
      const previous = options;
      options = next;
      if (next.rows === layout.rows && next.hasBefore === previous.hasBefore && next.hasAfter === previous.hasAfter)
        return;
      notice();
      top = scrolledTo();
      if (next.hasAfter && goal?.at === "end") goal = null;
      const wasAtEnd =
        !previous.hasAfter && (goal?.at === "end" || highest({ ...position(), hasAfter: false }) - top <= nearEnd);
      const isLonger = layout.rows.length > 0 && newestOf(layout.rows) !== newestOf(next.rows);
      const mayFollow = wasAtEnd && isLonger && !next.hasAfter;
      if (mayFollow) goal = null;
      relayout(next.rows);
      if (mayFollow) {
        goal = next.follow(view);
        relayout(next.rows);
      }
      drawing = draw(position());
    },
    /** Call after each commit. Measures new rows and sets the scroll position. */
    commit(): void {
      if (!scroller) return;
      notice();
      if (isMoved) write(top);
      else if (!goal) top = scroller.scrollTop;
      isMoved = false;
      let changed = false;
      for (const [key, element] of elements) if (!sizes.has(key)) changed = measure(key, element) || changed;
      if (changed) relayout(layout.rows);
      const place = goal && placeOf(goal);
      if (typeof place === "number" && Math.abs(place - scroller.scrollTop) >= 1) write(place);
      redraw(true);
    },
    /** Call with the element that scrolls. Returns a function to call when it is removed. */
    attach(element: HTMLElement): () => void {
      scroller = element;
      visibleHeight = element.clientHeight;
      sizesObserver = new ResizeObserver(onResize);
      sizesObserver.observe(element);
      for (const row of elements.values()) sizesObserver.observe(row, { box: "border-box" });
      const released = () => {
        isTouched = false;
        becomeQuiet();
      };
      // The end is heard on the touched element, because it can be removed meanwhile and its events do not bubble then.
      const touched = ({ target }: TouchEvent) => {
        isTouched = true;
        for (const end of ["touchend", "touchcancel"]) target?.addEventListener(end, released, { once: true });
      };
      element.addEventListener("scroll", onScroll, { passive: true });
      element.addEventListener("touchstart", touched, { passive: true });
      relayout(layout.rows);
      return () => {
        element.removeEventListener("scroll", onScroll);
        element.removeEventListener("touchstart", touched);
        sizesObserver?.disconnect();
        clearTimeout(quiet);
        top = element.scrollTop;
        scroller = null;
      };
    },
    /** The ref of every rendered row. */
    rowRef(element: HTMLElement | null): (() => void) | undefined {
      if (!element) return undefined;
      const key = element.dataset.key ?? "";
      elements.set(key, element);
      sizesObserver?.observe(element, { box: "border-box" });
      return () => {
        sizesObserver?.unobserve(element);
        if (elements.get(key) === element) elements.delete(key);
      };
    },
    /** Scrolls to a goal and stays there until the reader scrolls. */
    scrollTo(next: LogGoal): void {
      goal = next;
      relayout(layout.rows);
      drawing = draw(position());
      onChange(true);
    },
    /** Where a row is, in px from the top of the visible part; null if it is not loaded. */
    boxOf(key: string): { top: number; bottom: number } | null {
      const at = indexOfKey(layout, key);
      if (at < 0) return null;
      const from = scrolledTo();
      return { top: (layout.starts[at] as number) - from, bottom: (layout.starts[at + 1] as number) - from };
    },
    visibleHeight: () => visibleHeight,
    isAtEnd: () => !options.hasAfter && highest(position()) - scrolledTo() <= nearEnd,
    /** The message that is being looked at, and its distance from the top of the visible part in px. */
    heldRow(): { key: string; below: number } | null {
      const from = scrolledTo();
      const row = rowToFix(layout, [from, from + visibleHeight], () => true);
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
