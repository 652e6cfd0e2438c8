import { linkTo, withoutMisleadingCharacters } from "./link";
import { kinds } from "./marks";
import type { ReadMention } from "./mentions";
import { type Token, tokensOf } from "./tokens";
import { type Inline, textOf } from "./tree";

/**
 * The text of a paragraph, with its lines joined by \n. `starts` has the start of each piece: its index in this text (`at`)
 * and its index in the source.
 */
export interface Paragraph {
  text: string;
  starts: { at: number; source: number }[];
}

/** Parses the text of a paragraph. */
export function parseInline({ text, starts }: Paragraph, readMention: ReadMention | null): Inline[] {
  const cuts = starts.map(({ at }) => at);
  const source = (at: number) => {
    const start = starts[upperBound(cuts, at) - 1] ?? { at: 0, source: 0 };
    return start.source + at - start.at;
  };
  return build(tokensOf(text, readMention), { text, source, cuts });
}

/** A paragraph's text. `source` maps an index in the text to the source. A new piece begins at each index in `cuts`. */
interface Mapped {
  text: string;
  source: (at: number) => number;
  cuts: number[];
}

/** Builds the tree from tokens, which nest and do not overlap. */
function build(tokens: Token[], mapped: Mapped, span = { from: 0, to: mapped.text.length }): Inline[] {
  const root: Inline[] = [];
  const stack = [root];
  let at = span.from;
  const add = (inline: Inline) => stack.at(-1)?.push(inline);
  for (const token of tokens) {
    for (const piece of textBetween(mapped, at, token.from)) add(piece);
    at = token.to;
    if (token.kind === "leaf") add(withSourceIndex(token.inline, mapped.source));
    if (token.kind === "link") {
      const children = removeMisleadingCharacters(build(token.children, mapped, token.label));
      add({ type: "link", ...linkTo(token.href, textOf(children)), children });
    }
    if (token.kind !== "mark") continue;
    for (const type of token.run === "***" ? (["strong", "em"] as const) : [kinds[token.run]]) {
      if (token.role === "close") stack.pop();
      else {
        const children: Inline[] = [];
        add({ type, children });
        stack.push(children);
      }
    }
  }
  for (const piece of textBetween(mapped, at, span.to)) add(piece);
  return root;
}

/** The text between two tokens, split so that each piece is contiguous in the source. */
function textBetween({ text, source, cuts }: Mapped, from: number, to: number): Inline[] {
  const pieces: Inline[] = [];
  for (let at = from; at < to; ) {
    if (text[at] === "\n") {
      pieces.push({ type: "break" });
      at++;
      continue;
    }
    const line = text.indexOf("\n", at);
    const cut = cuts[upperBound(cuts, at)] ?? to;
    const end = Math.min(to, cut, line < 0 ? to : line);
    pieces.push({ type: "text", text: text.slice(at, end), at: source(at) });
    at = end;
  }
  return pieces;
}

/** The index of the first number above `value` in a sorted list. */
function upperBound(numbers: readonly number[], value: number): number {
  let low = 0;
  for (let high = numbers.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as number) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

function withSourceIndex(inline: Inline, source: (at: number) => number): Inline {
  if (inline.type === "link")
    return { ...inline, children: inline.children.map((child) => withSourceIndex(child, source)) };
  return "at" in inline ? { ...inline, at: source(inline.at) } : inline;
}

/** Removes characters that could make a link's text look like another address. */
function removeMisleadingCharacters(inlines: Inline[]): Inline[] {
  return inlines.map((inline) => {
    if ("children" in inline) return { ...inline, children: removeMisleadingCharacters(inline.children) };
    return "text" in inline ? { ...inline, text: withoutMisleadingCharacters(inline.text) } : inline;
  });
}
