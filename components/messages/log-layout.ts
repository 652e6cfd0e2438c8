import { type LogRowItem, estimatedHeight, messageOf } from "./log-rows";

/** The positions of a log's rows, in px from the top of the scrolled content. The first row can begin far from 0. */
export interface LogLayout {
  rows: readonly LogRowItem[];
  /** Where each row begins. The last number is where the last row ends. */
  starts: readonly number[];
}

/** A row and where it begins. */
export interface AnchorRow {
  key: string;
  start: number;
}

/** Lays out rows so that the anchor row begins at `anchor.start`. If it is not among `rows`, the first row begins at `start`. */
export function layOut(
  rows: readonly LogRowItem[],
  heights: ReadonlyMap<string, number>,
  anchor: AnchorRow | null,
  start: number,
): LogLayout {
  const starts = [0];
  let end = 0;
  let offset = start;
  for (const row of rows) {
    if (row.key === anchor?.key) offset = anchor.start - end;
    end += heights.get(row.key) ?? estimatedHeight(row);
    starts.push(end);
  }
  return { rows, starts: starts.map((at) => at + offset) };
}

/** The same layout, `by` px further down. */
export function moveLayout({ rows, starts }: LogLayout, by: number): LogLayout {
  return by === 0 ? { rows, starts } : { rows, starts: starts.map((at) => at + by) };
}

export const firstStart = ({ starts }: LogLayout): number => starts[0] ?? 0;
export const lastEnd = ({ starts }: LogLayout): number => starts.at(-1) ?? 0;

export function indexOfKey({ rows }: LogLayout, key: string): number {
  return rows.findIndex((row) => row.key === key);
}

/** The indexes of the first and last row that overlap the range from `top` to `bottom`. Null if there are no rows. */
export function rowsBetween({ rows, starts }: LogLayout, top: number, bottom: number): [number, number] | null {
  if (rows.length === 0) return null;
  const first = lastIndexAtOrBefore(starts, rows.length - 1, top);
  return [first, Math.max(first, lastIndexAtOrBefore(starts, rows.length - 1, bottom - 1))];
}

function lastIndexAtOrBefore(starts: readonly number[], last: number, at: number): number {
  let low = 0;
  let high = last;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * Chooses the row that keeps its position when other rows change: the first message that begins between `top` and `bottom`, else
 * the row at `top`, else the nearest row. Considers only rows that `exists` accepts. Avoids the first loaded message: when older
 * messages load, it can join their group and change its height.
 */
export function chooseAnchor(
  layout: LogLayout,
  [top, bottom]: readonly [number, number],
  exists: (key: string) => boolean,
): AnchorRow | null {
  const { rows, starts } = layout;
  const startAt = (at: number) => starts[at] as number;
  const firstMessage = rows.findIndex(messageOf);
  const isVisibleMessage = (row: LogRowItem, at: number) =>
    at > firstMessage && startAt(at) >= top && startAt(at) < bottom && messageOf(row) !== null && exists(row.key);
  const topIndex = rowsBetween(layout, top, bottom)?.[0] ?? 0;
  const candidates = [
    rows.findIndex(isVisibleMessage),
    exists(rows[topIndex]?.key ?? "") ? topIndex : -1,
    rows.findIndex((row, at) => at > topIndex && exists(row.key)),
    rows.findLastIndex((row) => exists(row.key)),
  ];
  const at = candidates.find((choice) => choice >= 0);
  return at === undefined ? null : { key: (rows[at] as LogRowItem).key, start: startAt(at) };
}
