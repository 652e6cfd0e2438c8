// Limits on how expensive one message may be to render. A message over a limit is shown as it was typed.
import type { Block, Inline } from "./tree";

/** Estimated DOM nodes of one message. A list of 800 items fits. */
const maxNodes = 4_000;
const maxCells = 10_000;

export function hasTooManyNodes(blocks: readonly Block[]): boolean {
  return countBlocks(blocks) > maxNodes;
}

/**
 * Every row of a table is padded to the width of its head, so 16,000 characters can produce millions of cells. The
 * count is an upper bound taken from the text, before any cell is created.
 */
export function hasTooManyCells(body: string): boolean {
  let columns = 0;
  let cells = 0;
  for (const line of body.split("\n")) {
    if (!line.trim()) columns = 0;
    // Matches any line that could be the delimiter row of a table, even inside a quote or a list.
    else if (/^[\s>*+|:\-\d.)]*$/.test(line)) columns = Math.max(columns, line.split("|").length);
    cells += columns;
  }
  return cells > maxCells;
}

const sum = <Each>(all: readonly Each[], count: (each: Each) => number) =>
  all.reduce((total, each) => total + count(each), 0);
const countBlocks = (blocks: readonly Block[]) => sum(blocks, countBlock);
const countInlines = (inlines: readonly Inline[]) => sum(inlines, countInline);

function countBlock(block: Block): number {
  switch (block.type) {
    case "paragraph":
    case "heading":
      return 1 + countInlines(block.children);
    case "quote":
      return 1 + countBlocks(block.children);
    case "list":
      return 1 + sum(block.items, (item) => 2 + countBlocks(item.children));
    case "table":
      return sum([block.head, ...block.rows], (row) => 1 + sum(row, (cell) => 1 + countInlines(cell)));
    case "code":
      return 10;
    case "typed":
    case "rule":
    case "gap":
      return 1;
  }
}

function countInline(inline: Inline): number {
  if (inline.type === "link") return 3 + countInlines(inline.children);
  return "children" in inline ? 1 + countInlines(inline.children) : 1;
}
