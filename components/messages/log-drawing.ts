import { firstStart, type LogLayout, lastEnd, rowsBetween } from "./log-layout";

/**
 * Where the visible part is kept until the reader scrolls: at the end, or with a row at a distance in px from the top or from
 * the bottom of the visible part.
 */
export type ScrollTarget =
  | { at: "end" }
  | { at: "row"; key: string; pxBelowTop: number }
  | { at: "row"; key: string; pxAboveBottom: number };

/** What a view draws. Positions are px from the top of the scrolled content. */
export interface LogDrawing {
  /** The height of the scrolled content. */
  height: number;
  starts: readonly number[];
  /** The indexes of the first and the last row to render, and of the first and the last visible row; -1 without rows. */
  rendered: readonly [number, number];
  visible: readonly [number, number];
  /** The distance from the visible part to the end of the log, in px. */
  pxToEnd: number;
  /**
   * Whether the visible part is so near to the first, or the last, loaded row that older, or newer, messages should be loaded.
   */
  shouldLoadOlder: boolean;
  shouldLoadNewer: boolean;
}

/** A layout and its visible part. */
export interface LogViewState {
  layout: LogLayout;
  /** Whether older messages, and newer ones, exist that are not in the layout. */
  hasOlder: boolean;
  hasNewer: boolean;
  /** The scroll position, and the height of the visible part. */
  top: number;
  visibleHeight: number;
  /** Whether the reader has scrolled since the room was opened. */
  hasScrolled: boolean;
}

/** The height of the translucent header that covers the top of the log, in px. */
export const headerHeight = 56;
export const paddingTop = headerHeight + 16;
const paddingBottom = 8;
/**
 * At least this many px and rows are rendered above and below the visible part, so that rows are measured before they are
 * seen.
 */
const overscan = { px: 400, rows: 8 };
/**
 * The free space above the first loaded row while older messages exist, in px. Older rows are put into it when they load. So
 * the visible rows keep their positions, and the scroll position need not be set, which would stop the reader's scrolling.
 */
export const freeSpaceAbove = 20_000;
/** The button that jumps to the end is shown from this distance to the end on, in px. */
export const jumpButtonFromPx = 120;
/** The last message counts as seen within this distance to the end, in px. */
export const seenEndWithinPx = 2;
/** The log follows new messages if it is within this distance to its end, in px. */
export const atEndWithinPx = 48;
/** Messages are loaded when fewer px than this are left: before, and after, the reader has scrolled. */
const loadWithinPx = { beforeScrolling: 400, afterScrolling: 2_000 };
/** The height of the visible part before it is measured, in px. */
export const estimatedVisibleHeight = 800;

/** How far the reader can scroll beyond the first, or last, loaded row while more messages exist there, in px. */
const overscroll = ({ visibleHeight }: LogViewState) => visibleHeight / 4;

export function heightOf(log: LogViewState): number {
  return lastEnd(log.layout) + paddingBottom + (log.hasNewer ? overscroll(log) : 0);
}
export function minTop(log: LogViewState): number {
  return firstStart(log.layout) - (log.hasOlder ? overscroll(log) : paddingTop);
}
export const maxTop = (log: LogViewState): number => heightOf(log) - log.visibleHeight;
/** The nearest allowed scroll position. */
export const clampTop = (log: LogViewState, at: number): number => Math.max(Math.min(at, maxTop(log)), minTop(log), 0);

/** How far the layout has to be moved so that there is the right space above its first row. */
export function missingSpace({ layout, hasOlder }: LogViewState): number {
  const start = firstStart(layout);
  const hasSpace = hasOlder ? start > freeSpaceAbove / 2 && start < 2 * freeSpaceAbove : start === paddingTop;
  return hasSpace ? 0 : (hasOlder ? freeSpaceAbove : paddingTop) - start;
}

export function computeDrawing(log: LogViewState): LogDrawing {
  const { layout, top, visibleHeight } = log;
  const loadWithin = log.hasScrolled ? loadWithinPx.afterScrolling : loadWithinPx.beforeScrolling;
  const between = (from: number, to: number) => rowsBetween(layout, from, to) ?? ([-1, -1] as const);
  const visible = between(top, top + visibleHeight);
  const withOverscan = between(top - overscan.px, top + visibleHeight + overscan.px);
  const last = layout.rows.length - 1;
  return {
    height: heightOf(log),
    starts: layout.starts,
    rendered: [
      Math.min(withOverscan[0], Math.max(visible[0] - overscan.rows, Math.min(0, last))),
      Math.max(withOverscan[1], Math.min(visible[1] + overscan.rows, last)),
    ],
    visible,
    pxToEnd: log.hasNewer ? Number.POSITIVE_INFINITY : Math.max(0, maxTop(log) - top),
    shouldLoadOlder: top - firstStart(layout) < loadWithin,
    shouldLoadNewer: lastEnd(layout) - top - visibleHeight < loadWithin,
  };
}

/** Whether two drawings look the same, so that React need not draw again. */
export function isSameDrawing(a: LogDrawing, b: LogDrawing): boolean {
  return (
    a.starts === b.starts &&
    a.height === b.height &&
    a.rendered.join() === b.rendered.join() &&
    a.visible.join() === b.visible.join() &&
    a.pxToEnd > jumpButtonFromPx === b.pxToEnd > jumpButtonFromPx &&
    a.pxToEnd <= seenEndWithinPx === b.pxToEnd <= seenEndWithinPx &&
    a.shouldLoadOlder === b.shouldLoadOlder &&
    a.shouldLoadNewer === b.shouldLoadNewer
  );
}
