import { type Block, type Body, type Inline, textOf } from "./tree";

/** What stands for what is hidden until asked for. */
const hidden = "(spoiler)";

/**
 * A message in one line, for every place outside the log: announcements, lists, titles, notifications. It says what the
 * log shows, without marks and without the names of languages above code; spoilers stay hidden. `max` is in characters.
 */
export function plainText({ blocks }: Body, max = 300): string {
  return cut(oneLineOf(blocks), max);
}

/** The same of the beginning of a message: a spoiler that is open at its end is hidden, too. */
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

/** What a line shows; behind a link whose text says otherwise, where it leads. */
export function lineOf(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      if (inline.type === "spoiler") return hidden;
      if (inline.type === "link" && inline.beside) return `${lineOf(inline.children)} (${inline.beside})`;
      return "children" in inline ? lineOf(inline.children) : textOf([inline]);
    })
    .join("");
}

/** Cut where a sign ends that people see as one. */
function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  let end = 0;
  // No text is read further than it is shown.
  const beginning = text.slice(0, max);
  for (const { index, segment } of new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(beginning)) {
    if (index + segment.length >= max) break;
    end = index + segment.length;
  }
  return `${text.slice(0, end).trimEnd()}…`;
}
