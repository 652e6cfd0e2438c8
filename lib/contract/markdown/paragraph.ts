import { type Paragraph, parseInline } from "./inline";
import type { Inline, Span } from "./tree";

/** Lines as one paragraph. Pieces of one line, parted by a backslash that acts, are joined without a break. */
export function inlineOf(source: string, pieces: Span[]): Inline[] {
  const paragraph: Paragraph = { text: "", starts: [] };
  let last: Span | undefined;
  for (const piece of pieces) {
    if (last && !isSameLine(source, last, piece)) paragraph.text += "\n";
    paragraph.starts.push({ at: paragraph.text.length, source: piece.from });
    paragraph.text += source.slice(piece.from, piece.to);
    last = piece;
  }
  return parseInline(paragraph);
}

const isSameLine = (source: string, a: Span, b: Span) => b.from - a.to === 1 && source[a.to] === "\\";
