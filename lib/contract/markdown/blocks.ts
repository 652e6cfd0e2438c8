import { findFence } from "./fence";
import type { ReadMention } from "./mentions";
import { inlineOf } from "./paragraph";
import { tableAt } from "./table";
import type { Block, Item, Span } from "./tree";

/** How deep quotes and lists may nest. Deeper ones are shown as they were typed. */
const maxDepth = 5;

const quoteMark = /^ {0,3}>(?=[ \p{L}>`])/u;
/** A line with only a mark. It continues a quote but does not begin one. */
const bareQuoteMark = /^ {0,3}>[ \t]*$/;
const itemMark = /^([ \t]{0,3})([-*]|\d{1,9}[.)])([ \t]+)(?=\S)/;
const heading = /^(#{1,3})[ \t]+(?=\S)/;
const rule = /^---[ \t]*$/;

/**
 * Parses the lines of a container: the message itself, a quote or a list item. A quote mentions nobody, because somebody else may have
 * written it.
 */
export function parseBlocks(source: string, lines: Span[], readMention: ReadMention | null, depth = 0): Block[] {
  const blocks: Block[] = [];
  let paragraph: Span[] = [];
  const text = (line: Span | undefined) => (line ? source.slice(line.from, line.to) : "");
  const endParagraph = () => {
    if (paragraph.length > 0) blocks.push({ type: "paragraph", children: inlineOf(source, paragraph, readMention) });
    paragraph = [];
  };
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] as Span;
    const lineText = text(line);
    const isContainer = depth < maxDepth && (quoteMark.test(lineText) || itemMark.test(lineText));
    const fence = isContainer ? null : findFence(source, lines, at);
    const table = fence || isContainer ? null : tableAt(source, lines, at, readMention);
    const escaped = blockEscape(source, lines, at);
    if (lineText.trim() === "") {
      endParagraph();
      let blank = 1;
      while (at + blank < lines.length && text(lines[at + blank]).trim() === "") blank++;
      if (blank > 1 && blocks.length > 0 && at + blank < lines.length) blocks.push({ type: "gap", lines: blank - 1 });
      at += blank;
    } else if (fence) {
      if (fence.before.to > fence.before.from) paragraph.push(fence.before);
      endParagraph();
      blocks.push(fence.block);
      // Text after the closing fence on the same line is parsed as a line of its own.
      if (fence.after) lines[fence.next - 1] = fence.after;
      at = fence.after ? fence.next - 1 : fence.next;
    } else if (table) {
      endParagraph();
      blocks.push(table.block);
      at = table.next;
    } else if (isContainer && quoteMark.test(lineText)) {
      endParagraph();
      const { inner, next } = quoteFrom(source, lines, at);
      blocks.push({ type: "quote", children: parseBlocks(source, inner, null, depth + 1) });
      at = next;
    } else if (isContainer) {
      endParagraph();
      const { items, next } = itemsFrom(source, lines, at, { readMention, depth });
      blocks.push({ type: "list", items });
      at = next;
    } else if (heading.test(lineText)) {
      endParagraph();
      const [mark, signs] = heading.exec(lineText) as unknown as [string, string];
      const rest = { from: line.from + mark.length, to: line.to };
      blocks.push({ type: "heading", level: signs.length, children: inlineOf(source, [rest], readMention) });
      at++;
    } else if (rule.test(lineText)) {
      endParagraph();
      blocks.push({ type: "rule" });
      at++;
    } else {
      if (escaped < 0) paragraph.push(line);
      else paragraph.push({ from: line.from, to: line.from + escaped }, { from: line.from + escaped + 1, to: line.to });
      at++;
    }
  }
  endParagraph();
  return blocks;
}

/** The index of a backslash that keeps a line from being a quote, item, heading, rule or fence. -1 if there is none. */
function blockEscape(source: string, lines: Span[], index: number): number {
  const { from, to } = lines[index] as Span;
  const lineText = source.slice(from, to);
  const at = (/^[ \t]*(?:\d{1,9})?\\(?=[>#\-*.)`])/.exec(lineText)?.[0].length ?? 0) - 1;
  if (at < 0) return -1;
  if (lineText[at + 1] === "`")
    return findFence(source, [{ from: from + at + 1, to }, ...lines.slice(index + 1)], 0) ? at : -1;
  const without = lineText.slice(0, at) + lineText.slice(at + 1);
  return [quoteMark, itemMark, heading, rule].some((mark) => mark.test(without)) ? at : -1;
}

/** The lines of a quote: those with its mark, and the remaining lines of a fence that was opened inside it. */
function quoteFrom(source: string, lines: Span[], from: number): { inner: Span[]; next: number } {
  const inner: Span[] = [];
  let at = from;
  for (; at < lines.length; at++) {
    const line = lines[at] as Span;
    const lineText = source.slice(line.from, line.to);
    const mark = quoteMark.exec(lineText) ?? (at > from ? bareQuoteMark.exec(lineText) : null);
    if (mark) inner.push({ from: line.from + skip(lineText, mark[0].trimEnd().length), to: line.to });
    else {
      const more = openFence(source, inner, lines, at);
      if (more === 0) break;
      inner.push(...lines.slice(at, at + more));
      at += more - 1;
    }
  }
  return { inner, next: at };
}

const skip = (lineText: string, length: number) => (lineText[length] === " " ? length + 1 : length);

/** How many lines from `at` on belong to a fence that is still open at the end of `inner`. The closing line counts. */
function openFence(source: string, inner: Span[], lines: Span[], at: number): number {
  if (!inner.some(({ from, to }) => source.slice(from, to).includes("```"))) return 0;
  const rest = lines.slice(at);
  for (let index = 0; index < inner.length; ) {
    const alone = findFence(source, inner, index);
    const longer = findFence(source, [...inner, ...rest], index);
    if (longer?.isClosed && longer.next > inner.length) return longer.next - inner.length;
    index = alone ? Math.max(index + 1, alone.next) : index + 1;
  }
  return 0;
}

interface Within {
  readMention: ReadMention | null;
  depth: number;
}

function itemsFrom(source: string, lines: Span[], from: number, within: Within): { items: Item[]; next: number } {
  const items: Item[] = [];
  let at = from;
  while (at < lines.length) {
    const line = lines[at] as Span;
    const lineText = source.slice(line.from, line.to);
    const mark = itemMark.exec(lineText);
    if (!mark) break;
    const [whole, indent = "", sign = ""] = mark;
    const content = { from: line.from + whole.length, to: line.to };
    const inner = [content];
    at++;
    for (; at < lines.length; at++) {
      const next = lines[at] as Span;
      const text = source.slice(next.from, next.to);
      const width = /^[ \t]*/.exec(text)?.[0].length ?? 0;
      const follows = width > indent.length + 1 || text.startsWith("\t");
      if (text.trim() !== "" && follows) {
        inner.push({ from: next.from + Math.min(width, text.startsWith("\t") ? 1 : whole.length), to: next.to });
        continue;
      }
      const more = text.trim() === "" ? 0 : openFence(source, inner, lines, at);
      if (more === 0) break;
      inner.push(...lines.slice(at, at + more));
      at += more - 1;
    }
    items.push(itemOf(source, { sign, at: line.from + indent.length }, inner, within));
  }
  return { items, next: at };
}

const task = /^\[([ xX])\][ \t]+(?=\S)/;

function itemOf(source: string, { sign, at }: { sign: string; at: number }, inner: Span[], within: Within): Item {
  const [first, ...rest] = inner as [Span, ...Span[]];
  const marker = /\d/.test(sign) ? sign : null;
  const box = task.exec(source.slice(first.from, first.to));
  const content = box ? { from: first.from + box[0].length, to: first.to } : first;
  const children = parseBlocks(source, [content, ...rest], within.readMention, within.depth + 1);
  return { marker, at, ...(box && { done: box[1] !== " " }), children };
}
