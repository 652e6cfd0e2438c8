import { type LogRowItem, likelyHeight, messageOf } from "./log-rows";

/** Where the rows of a log are, in px from the top of the scrolled content. Positions can be far from 0: only distances matter. */
export interface LogLayout {
  rows: readonly LogRowItem[];
  /** Where each row begins; one more entry says where the last row ends. */
  starts: readonly number[];
}

/** A row and where it begins. */
export interface FixedRow {
  key: string;
  start: number;
}

/** Lays out rows so that `fixed` begins where it says, or the first row at `start` if `fixed` is not among them. */
export function layOut(
  rows: readonly LogRowItem[],
  sizes: ReadonlyMap<string, number>,
  fixed: FixedRow | null,
  start: number,
): LogLayout {
  const starts = [0];
  let end = 0;
  let shift = start;
  for (const row of rows) {
    if (row.key === fixed?.key) shift = fixed.start - end;
    end += sizes.get(row.key) ?? likelyHeight(row);
    starts.push(end);
  }
  return { rows, starts: starts.map((at) => at + shift) };
}

/** The same layout, `by` px further down. */
export function moved({ rows, starts }: LogLayout, by: number): LogLayout {
  return by === 0 ? { rows, starts } : { rows, starts: starts.map((at) => at + by) };
}

export const firstStart = ({ starts }: LogLayout): number => starts[0] ?? 0;
export const lastEnd = ({ starts }: LogLayout): number => starts.at(-1) ?? 0;

export function indexOfKey({ rows }: LogLayout, key: string): number {
  return rows.findIndex((row) => row.key === key);
}

/** The indexes of the first and the last row that reach into the part from `top` to `bottom`; null without rows. */
export function rowsBetween({ rows, starts }: LogLayout, top: number, bottom: number): [number, number] | null {
  if (rows.length === 0) return null;
  const first = lastAtOrBefore(starts, rows.length - 1, top);
  return [first, Math.max(first, lastAtOrBefore(starts, rows.length - 1, bottom - 1))];
}

function lastAtOrBefore(starts: readonly number[], last: number, at: number): number {
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
 * The row that stays where it is when others change: the first message that begins between `top` and `bottom`, else the row at
 * `top`, else the nearest one. Never the first loaded message if another is visible: when older messages load, it can become
 * part of a group and change its height. Only rows that `exists` accepts count.
 */
export function rowToFix(
  layout: LogLayout,
  [top, bottom]: readonly [number, number],
  exists: (key: string) => boolean,
): FixedRow | null {
  const { rows, starts } = layout;
  const startOf = (at: number) => starts[at] as number;
  const firstMessage = rows.findIndex(messageOf);
  const isBest = (row: LogRowItem, at: number) =>
    at > firstMessage && startOf(at) >= top && startOf(at) < bottom && messageOf(row) !== null && exists(row.key);
  const edge = rowsBetween(layout, top, bottom)?.[0] ?? 0;
  const choices = [
    rows.findIndex(isBest),
    exists(rows[edge]?.key ?? "") ? edge : -1,
    rows.findIndex((row, at) => at > edge && exists(row.key)),
    rows.findLastIndex((row) => exists(row.key)),
  ];
  const at = choices.find((choice) => choice >= 0);
  return at === undefined ? null : { key: (rows[at] as LogRowItem).key, start: startOf(at) };
}
