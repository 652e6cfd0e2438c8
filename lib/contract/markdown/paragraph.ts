import type { ReadMention } from "./mentions";
import { type Paragraph, parseInline } from "./inline";
import type { Inline, Span } from "./tree";

/** Parses lines as one paragraph. Two pieces of one line, split by an escaping backslash, are joined without a break. */
export function inlineOf(source: string, pieces: Span[], readMention: ReadMention | null): Inline[] {
  const paragraph: Paragraph = { text: "", starts: [] };
  let last: Span | undefined;
  for (const piece of pieces) {
    if (last && !isSameLine(source, last, piece)) paragraph.text += "\n";
    paragraph.starts.push({ at: paragraph.text.length, source: piece.from });
    paragraph.text += source.slice(piece.from, piece.to);
    last = piece;
  }
  return parseInline(paragraph, readMention);
}

const isSameLine = (source: string, a: Span, b: Span) => b.from - a.to === 1 && source[a.to] === "\\";
