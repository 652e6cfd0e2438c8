// The dialect by examples: what is typed, and what is shown of it. docs/markdown.md tells the rules.
import { expect, test } from "vitest";
import { examples } from "./dialect-examples";
import { parse } from "./parse";
import { type Block, type Inline, textOf } from "./tree";

const letters = { strong: "B", em: "I", del: "S", spoiler: "H" } as const;

function inlines(some: readonly Inline[]): string {
  return some
    .map((one) => {
      if (one.type === "break") return "⏎";
      if (one.type === "code") return `{C ${one.text}}`;
      if ("text" in one) return one.text;
      if (one.type === "link")
        return textOf(one.children) === one.href ? `{A ${one.href}}` : `{A ${inlines(one.children)} → ${one.href}}`;
      return `{${letters[one.type]} ${inlines(one.children)}}`;
    })
    .join("");
}

/** A body as it is shown, in one line: blocks behind each other, parted by ` / `. */
function shown(blocks: readonly Block[]): string {
  return blocks
    .map((block): string => {
      switch (block.type) {
        case "paragraph":
          return inlines(block.children);
        case "heading":
          return `{#${block.level} ${inlines(block.children)}}`;
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
          return `{T ${[block.head, ...block.rows].map((row) => row.map(inlines).join("|")).join("; ")}}`;
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
