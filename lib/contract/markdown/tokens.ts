import { addressesIn } from "./address";
import { shortcodes } from "./emoji";
import { linkTo } from "./link";
import { codesIn, type FoundLink, linksIn } from "./links";
import { type Candidate, isRun, type Mark, paired, runAt } from "./marks";
import { after, before, isWord } from "./signs";
import type { Inline, Span } from "./tree";

/** Something at one place of a text. `hidden` signs are markup; a `leaf` is shown as it is. */
export type Token =
  | { kind: "leaf"; from: number; to: number; inline: Inline }
  | { kind: "hidden"; from: number; to: number }
  | Mark
  | ({ kind: "link"; children: Token[] } & FoundLink);

/** How often the escapes of a text are looked at again. Each look drops some; text that needs more has none. */
const looks = 4;

/** The tokens of a text. A backslash is markup only if the sign after it would be markup too. */
export function tokensOf(text: string): Token[] {
  let escapes = [...text.matchAll(/(?<!\\)\\(?=[*_~|`[!:])/g)].map(({ index }) => index);
  for (let look = 0; escapes.length > 0; look++) {
    const acting = look < looks ? actingWithout(text, escapes) : [];
    // A backslash that stays is a sign like others, so the rest may act no longer.
    if (acting.length === escapes.length) break;
    escapes = acting;
  }
  return scan(text, new Set(escapes));
}

/** Those of the backslashes whose sign acts when none of them is there. */
function actingWithout(text: string, escapes: number[]): number[] {
  const skipped = new Set(escapes);
  const places: number[] = [];
  let bare = "";
  for (let at = 0; at < text.length; at++) {
    if (skipped.has(at)) continue;
    places.push(at);
    bare += text[at];
  }
  const acts = new Set<number>();
  const note = (tokens: Token[]) => {
    for (const token of tokens) {
      const { from, to } = token;
      const isPlain = token.kind === "leaf" && token.inline.type === "link";
      if (token.kind === "mark") for (let at = from; at < to; at++) acts.add(places[at] as number);
      else if (!isPlain) acts.add(places[from] as number).add(places[to - 1] as number);
      if (token.kind === "link") note(token.children);
    }
  };
  note(scan(bare, new Set()));
  return escapes.filter((at) => acts.has(at + 1));
}

/** Reads a text from left to right, then pairs its marks. `escaped` are the backslashes that act. */
function scan(text: string, escaped: ReadonlySet<number>): Token[] {
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
      // The sign behind it stands for itself, together with those like it.
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
    } else if (/[*_~|]/.test(text[at] as string)) {
      const run = runAt(text, at);
      if (isRun(run)) candidates.push({ from: at, run });
      at += run.length;
    } else at++;
  }
  return [...tokens, ...paired(text, candidates)].toSorted((a, b) => a.from - b.from);
}

/** Marks, code and emoji of a link's text. Addresses in it are text, and it holds no other link. */
function labelTokens(text: string, { from, to }: Span, escaped: ReadonlySet<number>): Token[] {
  const inside = new Set([...escaped].filter((at) => at >= from && at < to).map((at) => at - from));
  return scan(text.slice(from, to), inside)
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
