import type { Link } from "./link";

/** `at` is where the text stands in the source. What no leaf covers is markup that took effect. */
export type Inline =
  | { type: "text"; text: string; at: number }
  | { type: "code"; text: string; at: number }
  /** An emoji written as `:name:`. */
  | { type: "emoji"; text: string; at: number; length: number }
  | { type: "break" }
  | { type: "strong" | "em" | "del" | "spoiler"; children: Inline[] }
  | ({ type: "link"; children: Inline[] } & Link);

export type Align = "left" | "center" | "right" | undefined;
/** `marker` is null for a bullet, else the number as typed: `7.` */
export type Item = { marker: string | null; at: number; done?: boolean; children: Block[] };
export type Block =
  | { type: "paragraph"; children: Inline[] }
  | { type: "heading"; level: number; children: Inline[] }
  | { type: "quote"; children: Block[] }
  | { type: "list"; items: Item[] }
  /** `lines` are the pieces of `text` in the source, one a line. */
  | { type: "code"; label: string; labelAt: number; language: string; text: string; lines: Span[] }
  | { type: "table"; align: Align[]; head: Inline[][]; rows: Inline[][][] }
  | { type: "rule" }
  /** Blank lines beyond the one that parts two blocks. */
  | { type: "gap"; lines: number }
  /** The whole message as it was typed; stands alone. */
  | { type: "typed"; text: string };
/** `big`: nothing but one to three emoji. */
export type Body = { blocks: Block[]; big: boolean };

/** A piece of the source, `to` excluded. */
export interface Span {
  from: number;
  to: number;
}

/** What a line says, without its marks. `spoiler` stands for what is hidden. */
export function textOf(inlines: readonly Inline[], spoiler?: string): string {
  return inlines
    .map((inline) => {
      if (inline.type === "break") return "\n";
      if ("text" in inline) return inline.text;
      if (inline.type === "spoiler" && spoiler !== undefined) return spoiler;
      return textOf(inline.children, spoiler);
    })
    .join("");
}
