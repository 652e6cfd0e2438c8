import type { ReadMention } from "./mentions";
import { inlineOf } from "./paragraph";
import type { Align, Block, Inline, Span } from "./tree";

// A few lines can produce 65,000 cells. A table with more than this is shown as text.
const maxCells = 2000;
const delimiter = /^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/** The table that begins at line `at`, or null. Its first two lines are the head and a line of equally many delimiters. */
export function tableAt(
  source: string,
  lines: Span[],
  at: number,
  readMention: ReadMention | null,
): { block: Block; next: number } | null {
  const [head, under] = [lines[at], lines[at + 1]];
  if (!head || !under || !hasPipe(source, head) || !hasPipe(source, under)) return null;
  if (!delimiter.test(source.slice(under.from, under.to))) return null;
  const marks = cellsOf(source, under);
  const first = cellsOf(source, head);
  if (first.length !== marks.length) return null;
  const rows: Span[][] = [];
  let next = at + 2;
  while (next < lines.length && hasPipe(source, lines[next] as Span)) rows.push(cellsOf(source, lines[next++] as Span));

  const width = Math.max(first.length, ...rows.map((row) => row.length));
  if (width * (rows.length + 1) > maxCells) {
    const code = lines.slice(at, next);
    const text = code.map(({ from, to }) => source.slice(from, to)).join("\n");
    return { block: { type: "code", label: "", labelAt: -1, language: "", text, lines: code }, next };
  }
  const filled = (row: Span[]): Inline[][] =>
    Array.from({ length: width }, (_, cell) => (row[cell] ? inlineOf(source, [row[cell]], readMention) : []));
  const align = marks.map(({ from, to }): Align => {
    const text = source.slice(from, to);
    const [left, right] = [text.startsWith(":"), text.endsWith(":")];
    return left && right ? "center" : right ? "right" : left ? "left" : undefined;
  });
  return { block: { type: "table", align, head: filled(first), rows: rows.map(filled) }, next };
}

const hasPipe = (source: string, { from, to }: Span) => source.slice(from, to).includes("|");

/** The cells of a line, without the spaces around them. A pipe in code or after a backslash does not separate cells. */
function cellsOf(source: string, { from, to }: Span): Span[] {
  const cells: Span[] = [];
  const text = source.slice(from, to);
  let start = 0;
  const close = (end: number) => {
    const cell = text.slice(start, end);
    const lead = cell.length - cell.trimStart().length;
    cells.push({ from: from + start + lead, to: from + start + Math.max(lead, cell.trimEnd().length) });
    start = end + 1;
  };
  for (const { 0: match, index } of text.matchAll(/\\\||(`+)(?:(?!`)[\s\S])*?[^`]\1(?!`)|\|/g))
    if (match === "|") close(index);
  close(text.length);
  const isEmpty = (cell: Span | undefined) => cell !== undefined && cell.from === cell.to;
  // A pipe at the start or end of the line is the table's edge and makes no cell.
  if (/^[ \t]*\|/.test(text) && isEmpty(cells[0])) cells.shift();
  if (/\|[ \t]*$/.test(text) && isEmpty(cells.at(-1)) && !/\\\|[ \t]*$/.test(text)) cells.pop();
  return cells;
}
