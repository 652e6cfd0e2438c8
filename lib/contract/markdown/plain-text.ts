import { type Block, type Body, type Inline, textOf } from "./tree";

const spoilerPlaceholder = "(spoiler)";

/**
 * A message as one line of text, for every place outside the log: announcements, lists, titles, notifications. It has no
 * marks and no code labels, and spoilers stay hidden. `max` is in UTF-16 units.
 */
export function plainText({ blocks }: Body, max = 300): string {
  return cut(oneLineOf(blocks), max);
}

/** The same for a truncated message. A spoiler whose closing mark was cut off is hidden too. */
export function plainBeginning(beginning: string, read: (body: string) => Body, max: number): string {
  const closed = oneLineOf(read(`${beginning.trimEnd()}||`).blocks);
  return cut(closed.replace(/\|\|$/, ""), max);
}

function oneLineOf(blocks: readonly Block[]): string {
  return blocks.map(say).join(" ").replace(/\s+/gu, " ").trim();
}

function say(block: Block): string {
  switch (block.type) {
    case "paragraph":
    case "heading":
      return lineOf(block.children);
    case "quote":
      return block.children.map(say).join(" ");
    case "list":
      return block.items
        .map(({ marker, done, children }) => {
          const box = done === undefined ? "" : done ? "☑" : "☐";
          return [marker ?? (box ? "" : "•"), box, ...children.map(say)].filter(Boolean).join(" ");
        })
        .join(" ");
    case "code":
    case "typed":
      return block.text;
    case "table":
      return [block.head, ...block.rows].map((row) => row.map(lineOf).join(" ")).join(" ");
    case "rule":
    case "gap":
      return "";
  }
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
