import type { Token } from "markdown-it";
import { type Link, linkTo, withoutTricks } from "./link";

export type Inline =
  | { type: "text"; text: string }
  | { type: "code"; text: string }
  | { type: "break" }
  | { type: "strong" | "em" | "del" | "spoiler"; children: Inline[] }
  | ({ type: "link"; children: Inline[] } & Link);

export type Align = "left" | "center" | "right" | undefined;
export type Item = { done?: boolean; children: Block[] };
export type Block =
  | { type: "paragraph"; children: Inline[] }
  | { type: "heading"; level: number; children: Inline[] }
  | { type: "quote"; children: Block[] }
  | { type: "list"; start?: number; items: Item[] }
  | { type: "code"; label: string; language: string; text: string }
  | { type: "table"; align: Align[]; head: Inline[][]; rows: Inline[][][] }
  | { type: "rule" }
  /** The whole message as it was typed; stands alone. */
  | { type: "typed"; text: string };
/** `big`: nothing but one to three emoji. */
export type Body = { blocks: Block[]; big: boolean };

// Reads tokens one after another; whoever meets an opening token reads until its closing one. The parser caps the depth.
class Reader {
  at = 0;
  constructor(
    readonly tokens: readonly Token[],
    readonly source = "",
  ) {}
  next = () => this.tokens[this.at++];
}

const attribute = (token: Token, name: string) => String(token.attrGet(name) ?? "");

/** `source` is the text the tokens were read from. */
export function blocksOf(tokens: readonly Token[], source: string): Block[] {
  return readBlocks(new Reader(tokens, source));
}

function readBlocks(from: Reader, end?: string): Block[] {
  const blocks: Block[] = [];
  for (let token = from.next(); token && token.type !== end; token = from.next()) {
    switch (token.type) {
      case "paragraph_open":
        blocks.push({ type: "paragraph", children: readLine(from, "paragraph_close") });
        break;
      case "heading_open":
        blocks.push({ type: "heading", level: Number(token.tag.slice(1)), children: readLine(from, "heading_close") });
        break;
      case "blockquote_open":
        blocks.push({ type: "quote", children: readBlocks(from, "blockquote_close") });
        break;
      case "bullet_list_open":
        blocks.push({ type: "list", items: readItems(from, "bullet_list_close") });
        break;
      case "ordered_list_open":
        blocks.push({
          type: "list",
          start: Number(attribute(token, "start") || 1),
          items: readItems(from, "ordered_list_close"),
        });
        break;
      case "table_open":
        blocks.push(readTable(from, token));
        break;
      case "fence":
        blocks.push({ type: "code", ...named(token.info), text: token.content.replace(/\n$/, "") });
        break;
      case "hr":
        blocks.push({ type: "rule" });
        break;
    }
  }
  return blocks;
}

function readLine(from: Reader, end: string): Inline[] {
  let line: Inline[] = [];
  for (let token = from.next(); token && token.type !== end; token = from.next()) {
    if (token.type === "inline") line = readInlines(new Reader(token.children ?? []));
  }
  return line;
}

function readItems(from: Reader, end: string): Item[] {
  const items: Item[] = [];
  for (let token = from.next(); token && token.type !== end; token = from.next()) {
    if (token.type === "list_item_open") items.push(asTask({ children: readBlocks(from, "list_item_close") }));
  }
  return items;
}

/** "[ ] buy milk" and "[x] buy milk". */
function asTask(item: Item): Item {
  const first = item.children[0];
  const start = first?.type === "paragraph" ? first.children[0] : undefined;
  const box = start?.type === "text" ? /^\[([ xX])\]\s+/.exec(start.text) : null;
  if (first?.type !== "paragraph" || start?.type !== "text" || !box) return item;
  const rest: Inline[] = [{ type: "text", text: start.text.slice(box[0].length) }, ...first.children.slice(1)];
  return { done: box[1] !== " ", children: [{ type: "paragraph", children: rest }, ...item.children.slice(1)] };
}

// A few typed lines can ask for 65,000 cells; such a table is shown as the text it is.
const mostCells = 2000;

function readTable(from: Reader, open: Token): Block {
  const align: Align[] = [];
  const rows: Inline[][][] = [];
  for (let token = from.next(); token && token.type !== "table_close"; token = from.next()) {
    if (token.type === "tr_open") rows.push([]);
    if (token.type === "th_open")
      align.push((/(left|center|right)/.exec(attribute(token, "style"))?.[1] as Align) ?? undefined);
    if (token.type === "th_open" || token.type === "td_open")
      rows.at(-1)?.push(readLine(from, token.type.replace("open", "close")));
  }
  if (align.length * rows.length > mostCells) {
    const text = from.source
      .split("\n")
      .slice(...(open.map ?? []))
      .join("\n");
    return { type: "code", label: "", language: "", text };
  }
  return { type: "table", align, head: rows[0] ?? [], rows: rows.slice(1) };
}

/** ```ts or ```sync.ts: a language, or a file's name that tells it. */
function named(info: string) {
  const words = info.trim().split(/\s+/);
  const label = words.at(-1) ?? "";
  const first = words[0] ?? "";
  return { label: withoutTricks(label).slice(0, 60), language: first.slice(first.lastIndexOf(".") + 1).toLowerCase() };
}

const wrappers: Record<string, "strong" | "em" | "del" | "spoiler"> = {
  strong_open: "strong",
  em_open: "em",
  s_open: "del",
  spoiler_open: "spoiler",
};

function readInlines(from: Reader, end?: string, inLink = false): Inline[] {
  const inlines: Inline[] = [];
  const text = (value: string) => (inLink ? withoutTricks(value) : value);
  for (let token = from.next(); token && token.type !== end; token = from.next()) {
    const wrapper = wrappers[token.type];
    if (wrapper) {
      inlines.push({ type: wrapper, children: readInlines(from, token.type.replace("open", "close"), inLink) });
    } else if (token.type === "link_open") {
      const children = readInlines(from, "link_close", true);
      inlines.push({ type: "link", ...linkTo(attribute(token, "href"), textOf(children)), children });
    } else if (token.type === "image") {
      // Never fetched: looking at a message must not tell another server who looked.
      const href = attribute(token, "src");
      const alt = withoutTricks(token.content).trim() || href;
      inlines.push({ type: "link", ...linkTo(href, alt), children: [{ type: "text", text: alt }] });
    } else if (token.type === "softbreak" || token.type === "hardbreak") {
      inlines.push({ type: "break" });
    } else if (token.type === "code_inline") {
      inlines.push({ type: "code", text: text(token.content) });
    } else if (token.content) {
      inlines.push({ type: "text", text: text(token.content) });
    }
  }
  return inlines;
}

/** What a line says, without its marks. `spoiler` stands for what is hidden. */
export function textOf(inlines: readonly Inline[], spoiler?: string): string {
  return inlines
    .map((inline) => {
      if (inline.type === "break") return "\n";
      if (inline.type === "text" || inline.type === "code") return inline.text;
      if (inline.type === "spoiler" && spoiler !== undefined) return spoiler;
      return textOf(inline.children, spoiler);
    })
    .join("");
}
