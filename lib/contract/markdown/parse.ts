import { parseBlocks } from "./blocks";
import { hasTooManyCells, hasTooManyNodes } from "./bounds";
import { isOnlyEmoji } from "./emoji";
import type { ReadMention } from "./mentions";
import { type Body, type Span, textOf } from "./tree";
import { typed } from "./typed";

/**
 * Parses a message's Markdown (the dialect of docs/markdown.md) into a tree of plain data. Every character of the body is
 * in a leaf of the tree, or it is whitespace or markup that took effect. Without `readMention`, an @ is text.
 */
export function parse(body: string, readMention: ReadMention | null = null): Body {
  if (hasTooManyCells(body)) return typed(body);
  const blocks = parseBlocks(body, linesOf(body), readMention);
  if (hasTooManyNodes(blocks)) return typed(body);
  const [only] = blocks;
  const big =
    blocks.length === 1 &&
    only?.type === "paragraph" &&
    only.children.every(({ type }) => type === "text" || type === "emoji") &&
    isOnlyEmoji(textOf(only.children));
  return { blocks, big };
}

function linesOf(body: string): Span[] {
  const lines: Span[] = [];
  let from = 0;
  for (const { index, 0: end } of body.matchAll(/\r\n|\r|\n/g)) {
    lines.push({ from, to: index });
    from = index + end.length;
  }
  lines.push({ from, to: body.length });
  return lines;
}
