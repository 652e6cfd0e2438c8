import { type Block, type Inline, type Item, textOf } from "./tree";

/** How quotes and rules are written as text. */
export interface BlockMarks {
  /** Before every line of a quote. */
  quote: string;
  rule: string;
}

const spoilerPlaceholder = "(spoiler)";

/** The lines of a message as the log shows them, without Markdown marks. Spoilers stay hidden. */
export function blocksText(blocks: readonly Block[], marks: BlockMarks): string {
  return blocks
    .map((block, at) => {
      const isSecondParagraph = block.type === "paragraph" && blocks[at - 1]?.type === "paragraph";
      return (isSecondParagraph ? "\n" : "") + blockText(block, marks);
    })
    .join("\n");
}

function blockText(block: Block, marks: BlockMarks): string {
  switch (block.type) {
    case "paragraph":
    case "heading":
      return lineOf(block.children);
    case "quote":
      return indented(blocksText(block.children, marks), marks.quote, marks.quote);
    case "list":
      return block.items.map((item) => itemText(item, marks)).join("\n");
    case "table":
      return [block.head, ...block.rows].map((row) => row.map(lineOf).join("\t")).join("\n");
    case "code":
    case "typed":
      return block.text;
    case "rule":
      return marks.rule;
    case "gap":
      return "\n".repeat(block.lines);
  }
}

function itemText({ marker, done, children }: Item, marks: BlockMarks): string {
  const box = done === undefined ? "" : done ? "☑ " : "☐ ";
  const sign = marker ? `${marker} ` : box ? "" : "• ";
  return indented(blocksText(children, marks), sign + box, "  ");
}

function indented(text: string, first: string, others: string): string {
  return text
    .split("\n")
    .map((line, at) => (at === 0 ? first : others) + line)
    .join("\n");
}

/** The text of a line. A link whose text claims another host is followed by its real host. */
export function lineOf(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      if (inline.type === "spoiler") return spoilerPlaceholder;
      if (inline.type === "link" && inline.beside) return `${lineOf(inline.children)} (${inline.beside})`;
      return "children" in inline ? lineOf(inline.children) : textOf([inline]);
    })
    .join("");
}
