import { addressesIn } from "./address";
import { shortcodes } from "./emoji";
import { linkTo } from "./link";
import { codesIn, type FoundLink, linksIn } from "./links";
import { type ReadMention, mentionAt } from "./mentions";
import { type Candidate, isRun, type Mark, paired, runAt } from "./marks";
import { after, before, isWord } from "./signs";
import type { Inline, Span } from "./tree";

/** A span of text with a meaning. A `hidden` span is an escaping backslash; a `leaf` is a finished node. */
export type Token =
  | { kind: "leaf"; from: number; to: number; inline: Inline }
  | { kind: "hidden"; from: number; to: number }
  | Mark
  | ({ kind: "link"; children: Token[] } & FoundLink);

/** How often `tokensOf` re-checks which backslashes escape something. After that it treats none as an escape. */
const maxPasses = 4;

/** The tokens of a text. A backslash is an escape only if the character after it would be markup without it. */
export function tokensOf(text: string, readMention: ReadMention | null): Token[] {
  let escapes = [...text.matchAll(/(?<!\\)\\(?=[*_~|`[!:@])/g)].map(({ index }) => index);
  for (let pass = 0; escapes.length > 0; pass++) {
    const needed = pass < maxPasses ? neededEscapes(text, escapes, readMention) : [];
    // If a backslash turns out to be text, its neighbours may be parsed differently, so check the other backslashes again.
    if (needed.length === escapes.length) break;
    escapes = needed;
  }
  return scan(text, new Set(escapes), readMention);
}

/** Removes all the given backslashes and returns those whose next character then became markup. */
function neededEscapes(text: string, escapes: number[], readMention: ReadMention | null): number[] {
  const skipped = new Set(escapes);
  const originalIndex: number[] = [];
  let unescaped = "";
  for (let at = 0; at < text.length; at++) {
    if (skipped.has(at)) continue;
    originalIndex.push(at);
    unescaped += text[at];
  }
  const markup = new Set<number>();
  const note = (tokens: Token[]) => {
    for (const token of tokens) {
      const { from, to } = token;
      const isAddress = token.kind === "leaf" && token.inline.type === "link";
      if (token.kind === "mark") for (let at = from; at < to; at++) markup.add(originalIndex[at] as number);
      else if (!isAddress) markup.add(originalIndex[from] as number).add(originalIndex[to - 1] as number);
      if (token.kind === "link") note(token.children);
    }
  };
  note(scan(unescaped, new Set(), readMention));
  return escapes.filter((at) => markup.has(at + 1));
}

/** Reads a text from left to right, then pairs its marks. `escaped` has the indexes of escaping backslashes. */
function scan(text: string, escaped: ReadonlySet<number>, readMention: ReadMention | null): Token[] {
  const addresses = addressesIn(text);
  const codes = codesIn(text, escaped);
  const links = linksIn(text, escaped, codes);
  const tokens: Token[] = [];
  const candidates: Candidate[] = [];
  let nextAddress = 0;
  for (let at = 0; at < text.length; ) {
    while ((addresses[nextAddress]?.from ?? Infinity) < at) nextAddress++;
    const address = addresses[nextAddress];
    const code = codes.get(at);
    const link = links.get(at);
    if (escaped.has(at)) {
      tokens.push({ kind: "hidden", from: at, to: at + 1 });
      // The escaped character is text. The same characters directly after it are also text.
      at += 1 + runAt(text, at + 1).length;
    } else if (code) {
      const { from, to, marks } = code;
      const inline: Inline = { type: "code", text: text.slice(from + marks, to - marks), at: from + marks };
      tokens.push({ kind: "leaf", from, to, inline });
      at = to;
    } else if (link) {
      tokens.push({ kind: "link", ...link, children: labelTokens(text, link.label, escaped) });
      at = link.to;
    } else if (address?.from === at) {
      const { from, to, href } = address;
      const shown = text.slice(from, to);
      const children: Inline[] = [{ type: "text", text: shown, at: from }];
      tokens.push({ kind: "leaf", from, to, inline: { type: "link", ...linkTo(href, shown), children } });
      at = to;
    } else if (text[at] === ":") {
      const emoji = emojiAt(text, at);
      if (emoji) tokens.push({ kind: "leaf", from: at, to: at + emoji.length, inline: emoji });
      at += emoji?.length ?? 1;
    } else if (text[at] === "@" && readMention) {
      const mention = mentionAt(text, at, readMention);
      if (mention) tokens.push({ kind: "leaf", from: at, to: at + mention.length, inline: mention });
      at += mention?.length ?? 1;
    } else if (/[*_~|]/.test(text[at] as string)) {
      const run = runAt(text, at);
      if (isRun(run)) candidates.push({ from: at, run });
      at += run.length;
    } else at++;
  }
  return [...tokens, ...paired(text, candidates)].toSorted((a, b) => a.from - b.from);
}

/** The tokens of a link's text: marks, code and emoji. An address or a mention in it is plain text, since links do not nest. */
function labelTokens(text: string, { from, to }: Span, escaped: ReadonlySet<number>): Token[] {
  const inside = new Set([...escaped].filter((at) => at >= from && at < to).map((at) => at - from));
  return scan(text.slice(from, to), inside, null)
    .filter((token) => !(token.kind === "leaf" && token.inline.type === "link"))
    .map((token) => {
      const span = { from: token.from + from, to: token.to + from };
      if (token.kind !== "leaf" || !("at" in token.inline)) return { ...token, ...span };
      return { ...token, ...span, inline: { ...token.inline, at: token.inline.at + from } };
    });
}

const shortcode = /:([a-z0-9_+-]{1,30}):/y;

function emojiAt(text: string, at: number): Extract<Inline, { type: "emoji" }> | null {
  shortcode.lastIndex = at;
  const found = shortcode.exec(text);
  const name = found?.[1] ?? "";
  if (!found || !Object.hasOwn(shortcodes, name)) return null;
  const { length } = found[0];
  if (isWord(before(text, at)) || isWord(after(text, at + length))) return null;
  return { type: "emoji", text: shortcodes[name] as string, at, length };
}
