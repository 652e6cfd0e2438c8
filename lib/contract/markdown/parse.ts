import { hasTooManyCells, isTooMuch } from "./bounds";
import { isOnlyEmoji } from "./emoji";
import { parser } from "./parser";
import { type Block, type Body, blocksOf, textOf } from "./tree";
import { typed } from "./typed";

/** A message's Markdown as a tree of plain data. */
export function parse(body: string): Body {
  if (hasTooManyCells(body)) return typed(body);
  const blocks = blocksOf(parser.parse(body, {}), body);
  // What is nested deeper than the parser goes is left out; if that is everything, the text itself is better than nothing.
  if (!blocks.some(saysSomething) || isTooMuch(blocks)) return typed(body);
  const [only] = blocks;
  const big =
    blocks.length === 1 &&
    only?.type === "paragraph" &&
    only.children.every((inline) => inline.type === "text") &&
    isOnlyEmoji(textOf(only.children));
  return { blocks, big };
}

function saysSomething(block: Block): boolean {
  if (block.type === "quote") return block.children.some(saysSomething);
  if (block.type === "list") return block.items.some((item) => item.children.some(saysSomething));
  return true;
}
