import { parse } from "./parse";
import { type Block, type Item, textOf } from "./tree";

/** A message in one line without marks, for previews, notifications and search. Spoilers stay hidden. `max` is in characters. */
export function plainText(body: string, max = 300): string {
  const text = parse(body).blocks.map(say).join(" ").replace(/\s+/gu, " ").trim();
  if (text.length <= max) return text;
  // Not in the middle of a sign of two units.
  return `${text
    .slice(0, max - 1)
    .replace(/[\uD800-\uDBFF]$/, "")
    .trimEnd()}…`;
}

function say(block: Block): string {
  switch (block.type) {
    case "paragraph":
    case "heading":
      return textOf(block.children, "▒▒▒");
    case "quote":
      return block.children.map(say).join(" ");
    case "list":
      return block.items
        .map(({ marker, children }) => [...(marker ? [marker] : []), ...children.map(say)].join(" "))
        .join(marked(block) ? " " : ", ");
    case "code":
    case "typed":
      return block.text;
    case "table":
      return [block.head, ...block.rows].map((row) => row.map((cell) => textOf(cell, "▒▒▒")).join(" ")).join(" ");
    case "rule":
    case "gap":
      return "";
  }
}

const marked = ({ items }: { items: readonly Item[] }) => items.some(({ marker }) => marker !== null);
