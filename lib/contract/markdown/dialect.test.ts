// Checks each example of the dialect. docs/markdown.md has the rules.
import { expect, test } from "vitest";
import { examples } from "./dialect-examples";
import { parse } from "./parse";
import { type Block, type Inline, textOf } from "./tree";

const letters = { strong: "B", em: "I", del: "S", spoiler: "H" } as const;

function shownInlines(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      if (inline.type === "break") return "⏎";
      if (inline.type === "code") return `{C ${inline.text}}`;
      if ("text" in inline) return inline.text;
      if (inline.type === "link") {
        const { href, children } = inline;
        return textOf(children) === href ? `{A ${href}}` : `{A ${shownInlines(children)} → ${href}}`;
      }
      return `{${letters[inline.type]} ${shownInlines(inline.children)}}`;
    })
    .join("");
}

/** A body in the notation of the examples: on one line, with ` / ` between blocks. */
function shown(blocks: readonly Block[]): string {
  return blocks
    .map((block): string => {
      switch (block.type) {
        case "paragraph":
          return shownInlines(block.children);
        case "heading":
          return `{#${block.level} ${shownInlines(block.children)}}`;
        case "quote":
          return `{> ${shown(block.children)}}`;
        case "list":
          return block.items
            .map(
              ({ marker, done, children }) =>
                `{${marker ?? "•"}${done === undefined ? "" : done ? "☑" : "☐"} ${shown(children)}}`,
            )
            .join("");
        case "code":
          return `{CODE${block.label && ` ${block.label}`}: ${block.text.replaceAll("\n", "⏎")}}`;
        case "table":
          return `{T ${[block.head, ...block.rows].map((row) => row.map(shownInlines).join("|")).join("; ")}}`;
        case "rule":
          return "{---}";
        case "typed":
          return block.text;
        case "gap":
          return `{gap ${block.lines}}`;
      }
    })
    .join(" / ");
}

test.each(examples)("%j", (typed, result = typed.replaceAll("\n", "⏎")) => {
  expect(shown(parse(typed).blocks)).toBe(result);
});
