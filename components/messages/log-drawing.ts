import { firstStart, type LogLayout, lastEnd, rowsBetween } from "./log-layout";

/**
 * The position that the log keeps until the reader scrolls: its end, or a row at a fixed distance from the top or the bottom of
 * the visible part.
 */
export type ScrollTarget =
  | { at: "end" }
  | { at: "row"; key: string; pxBelowTop: number }
  | { at: "row"; key: string; pxAboveBottom: number };

/** What the log draws. Positions are px from the top of the scrolled content. */
export interface LogDrawing {
  /** The height of the scrolled content. */
  height: number;
  starts: readonly number[];
  /** The indexes of the first and last row to render, and of the first and last visible row. -1 if there are no rows. */
  rendered: readonly [number, number];
  visible: readonly [number, number];
  /** The distance from the visible part to the end of the log, in px. */
  pxToEnd: number;
  /** Whether the visible part is so close to the first or last loaded row that more messages should be loaded there. */
  shouldLoadOlder: boolean;
  shouldLoadNewer: boolean;
}

/** A layout and its visible part. */
export interface LogViewState {
  layout: LogLayout;
  /** Whether there are older or newer messages that are not in the layout. */
  hasOlder: boolean;
  hasNewer: boolean;
  /** The scroll position and the height of the visible part, in px. */
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
 * What is rendered above and below the visible part: at least this many px, and at least this many rows. So rows are measured
 * before they become visible.
 */
const overscan = { px: 400, rows: 8 };
/**
 * The free space above the first loaded row while older messages exist, in px. Older rows are placed into it when they load, so
 * the visible rows keep their positions. Otherwise the scroll position would have to be set, which stops the reader's scrolling.
 */
export const freeSpaceAbove = 20_000;
/** The button that jumps to the end is shown if the end is farther away than this, in px. */
export const jumpButtonFromPx = 120;
/** The last message counts as seen if the log is within this distance to its end, in px. */
export const seenEndWithinPx = 2;
/** The log follows new messages if it is within this distance to its end, in px. */
export const atEndWithinPx = 48;
/** More messages are loaded when the first or last loaded row is within this distance of the visible part, in px. */
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

/** How far the layout must move, in px, so that the space above its first row has the right height. */
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
