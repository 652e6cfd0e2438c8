import { blocksText } from "./block-text";
import type { Block, Body } from "./tree";

/**
 * A message as one line of text, for every place outside the log: announcements, lists, titles, notifications. It has no
 * marks and no code labels, and spoilers stay hidden. `max` is in UTF-16 units.
 */
export function plainText({ blocks }: Body, max = 300): string {
  return cut(oneLineOf(blocks), max);
}

/** Like `plainText`, for a truncated message. A spoiler whose closing mark was cut off is hidden, too. */
export function plainBeginning(beginning: string, read: (body: string) => Body, max: number): string {
  const closed = oneLineOf(read(`${beginning.trimEnd()}||`).blocks);
  return cut(closed.replace(/\|\|$/, ""), max);
}

function oneLineOf(blocks: readonly Block[]): string {
  return blocksText(blocks, { quote: "", rule: "" }).replace(/\s+/gu, " ").trim();
}

/** Cuts between two graphemes, so that an emoji or an accented letter stays whole. */
function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  let end = 0;
  // Only the part that can be shown is segmented.
  const beginning = text.slice(0, max);
  for (const { index, segment } of new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(beginning)) {
    if (index + segment.length >= max) break;
    end = index + segment.length;
  }
  return `${text.slice(0, end).trimEnd()}…`;
}
