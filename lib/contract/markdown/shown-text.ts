import { lineOf } from "./plain-text";
import type { Block, Body, Item } from "./tree";

/** A message as text for the clipboard: the same lines as in the log, without Markdown marks. Spoilers stay hidden. */
export function shownText({ blocks }: Body): string {
  return blocks
    .map((block, at) => {
      const before = blocks[at - 1];
      const apart = before?.type === "paragraph" && block.type === "paragraph";
      return (apart ? "\n" : "") + say(block);
    })
    .join("\n");
}

function say(block: Block): string {
  switch (block.type) {
    case "paragraph":
    case "heading":
      return lineOf(block.children);
    case "quote":
      return indented(shownText({ blocks: block.children, big: false }), "> ", "> ");
    case "list":
      return block.items.map(sayItem).join("\n");
    case "table":
      return [block.head, ...block.rows].map((row) => row.map(lineOf).join("\t")).join("\n");
    case "code":
    case "typed":
      return block.text;
    case "rule":
      return "---";
    case "gap":
      return "\n".repeat(block.lines);
  }
}

function sayItem({ marker, done, children }: Item): string {
  const box = done === undefined ? "" : done ? "☑ " : "☐ ";
  const sign = marker ? `${marker} ` : box ? "" : "• ";
  return indented(shownText({ blocks: children, big: false }), sign + box, "  ");
}

function indented(text: string, first: string, others: string): string {
  return text
    .split("\n")
    .map((line, at) => (at === 0 ? first : others) + line)
    .join("\n");
}
