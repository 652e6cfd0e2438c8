import type { Link } from "./link";

/** `at` is the index of the text in the source. */
export type Inline =
  | { type: "text"; text: string; at: number }
  | { type: "code"; text: string; at: number }
  /** An emoji written as `:name:`. */
  | { type: "emoji"; text: string; at: number; length: number }
  /** An @ and a handle that means somebody. `handle` is in the form of `handleKey`. */
  | { type: "mention"; text: string; handle: string; at: number; length: number }
  | { type: "break" }
  | { type: "strong" | "em" | "del" | "spoiler"; children: Inline[] }
  | ({ type: "link"; children: Inline[] } & Link);

export type Align = "left" | "center" | "right" | undefined;
/** A list item. `marker` is null for a bullet, else the number as typed: `7.` */
export type Item = { marker: string | null; at: number; done?: boolean; children: Block[] };
export type Block =
  | { type: "paragraph"; children: Inline[] }
  | { type: "heading"; level: number; children: Inline[] }
  | { type: "quote"; children: Block[] }
  | { type: "list"; items: Item[] }
  /** `lines` are the spans of the lines of `text` in the source. */
  | { type: "code"; label: string; labelAt: number; language: string; text: string; lines: Span[] }
  | { type: "table"; align: Align[]; head: Inline[][]; rows: Inline[][][] }
  | { type: "rule" }
  /** Blank lines beyond the one that separates two blocks. */
  | { type: "gap"; lines: number }
  /** The whole message as it was typed. It is then the only block. */
  | { type: "typed"; text: string };
/** A parsed message. `big` means that it is one to three emoji and nothing else. */
export type Body = { blocks: Block[]; big: boolean };

/** A range of the source. It ends before index `to`. */
export interface Span {
  from: number;
  to: number;
}

/** The text of a line without its marks. If `spoiler` is given, it replaces the text of every spoiler. */
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
