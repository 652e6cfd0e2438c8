import { firstStart, type LogLayout, lastEnd, rowsBetween } from "./log-layout";

/**
 * Where the visible part is kept until the reader scrolls: at the end, or with a row at a distance in px from the top or from
 * the bottom of the visible part.
 */
export type ScrollTarget =
  | { at: "end" }
  | { at: "row"; key: string; below: number }
  | { at: "row"; key: string; above: number };

/** What a view draws. Positions are px from the top of the scrolled content. */
export interface LogDrawing {
  /** The height of the scrolled content. */
  height: number;
  starts: readonly number[];
  /** The indexes of the first and the last row to render, and of the first and the last visible row; -1 without rows. */
  rendered: readonly [number, number];
  visible: readonly [number, number];
  /** How far the visible part is from the end, in px. */
  below: number;
  /** Whether the visible part is so near to the first, or the last, loaded row that more should be loaded. */
  nearFirst: boolean;
  nearLast: boolean;
}

/** A layout and the part of it that is visible. */
export interface LogPosition {
  layout: LogLayout;
  /** Whether older messages, and newer ones, exist that are not in the layout. */
  hasBefore: boolean;
  hasAfter: boolean;
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
/** Rendered beyond the visible part, so that rows are measured before they are seen: at least so many px, and so many rows. */
const overscan = { px: 400, rows: 8 };
/**
 * Free space above the first loaded row while older messages exist, in px. Older rows are put into it, so the visible ones keep
 * their positions and nothing sets the scroll position while the reader scrolls: that would stop the browser's scrolling.
 */
export const spaceAbove = 20_000;
/** The log counts as scrolled to its end within this distance, in px. */
export const atEndWithinPx = 48;
/** More is loaded when fewer px than this are left, before and after the reader has scrolled. */
const loadWithinPx = { atFirst: 400, scrolled: 2_000 };
/** The height of the visible part before it is measured, in px. */
export const estimatedVisibleHeight = 800;

/** Beyond the first, or last, loaded row, this much of the visible part may be empty. */
const overscroll = ({ visibleHeight }: LogPosition) => visibleHeight / 4;

export function heightOf(log: LogPosition): number {
  return lastEnd(log.layout) + paddingBottom + (log.hasAfter ? overscroll(log) : 0);
}
export function minTop(log: LogPosition): number {
  return firstStart(log.layout) - (log.hasBefore ? overscroll(log) : paddingTop);
}
export const maxTop = (log: LogPosition): number => heightOf(log) - log.visibleHeight;
/** The nearest allowed scroll position. */
export const clampTop = (log: LogPosition, at: number): number => Math.max(Math.min(at, maxTop(log)), minTop(log), 0);

/** How far the layout has to be moved so that there is the right space above its first row. */
export function missingSpace({ layout, hasBefore }: LogPosition): number {
  const start = firstStart(layout);
  const hasSpace = hasBefore ? start > spaceAbove / 2 && start < 2 * spaceAbove : start === paddingTop;
  return hasSpace ? 0 : (hasBefore ? spaceAbove : paddingTop) - start;
}

export function draw(log: LogPosition): LogDrawing {
  const { layout, top, visibleHeight } = log;
  const loadWithin = log.hasScrolled ? loadWithinPx.scrolled : loadWithinPx.atFirst;
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
    below: log.hasAfter ? Number.POSITIVE_INFINITY : Math.max(0, maxTop(log) - top),
    nearFirst: top - firstStart(layout) < loadWithin,
    nearLast: lastEnd(layout) - top - visibleHeight < loadWithin,
  };
}

/** Whether React needs to draw nothing again. */
export function isSameDrawing(a: LogDrawing, b: LogDrawing): boolean {
  return (
    a.starts === b.starts &&
    a.height === b.height &&
    a.rendered.join() === b.rendered.join() &&
    a.visible.join() === b.visible.join() &&
    a.below > 120 === b.below > 120 &&
    a.below <= 2 === b.below <= 2 &&
    a.nearFirst === b.nearFirst &&
    a.nearLast === b.nearLast
  );
}
