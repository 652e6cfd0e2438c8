import type { Span } from "./tree";

/** Inline code. `marks` is the number of backticks on each side. */
export interface Code extends Span {
  marks: number;
}

/** Inline code, by start index. It is enclosed by two runs of the same number of backticks on one line. */
export function codesIn(text: string, escaped: ReadonlySet<number>): Map<number, Code> {
  const codes = new Map<number, Code>();
  if (!text.includes("`")) return codes;
  const runs = [...text.matchAll(/`+|\n/g)].map((match) => ({ at: match.index, sign: match[0] }));
  // For each run, the index of the next run of the same length on the same line.
  const next: (number | undefined)[] = [];
  let ahead = new Map<number, number>();
  for (let index = runs.length - 1; index >= 0; index--) {
    const { sign } = runs[index] as { sign: string };
    if (sign === "\n") ahead = new Map();
    else {
      next[index] = ahead.get(sign.length);
      ahead.set(sign.length, index);
    }
  }
  for (let index = 0; index < runs.length; index++) {
    const { at, sign } = runs[index] as { at: number; sign: string };
    const close = next[index];
    if (sign === "\n" || close === undefined || escaped.has(at - 1)) continue;
    codes.set(at, { from: at, to: (runs[close]?.at ?? 0) + sign.length, marks: sign.length });
    index = close;
  }
  return codes;
}

const target = /\((https?:\/\/|mailto:)/iy;

/** `label` is the text between the brackets. */
export interface FoundLink extends Span {
  href: string;
  label: Span;
}

/** Links, by start index: `[text](target)`, and `![text](target)`, which is shown as a link so that no picture is fetched. */
export function linksIn(text: string, escaped: ReadonlySet<number>, codes: Map<number, Code>): Map<number, FoundLink> {
  const links = new Map<number, FoundLink>();
  if (!text.includes("](")) return links;
  const open: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = codes.get(at);
    if (code) at = code.to - 1;
    else if (escaped.has(at)) at++;
    else if (text[at] === "[") open.push(at);
    else if (text[at] === "]") {
      const from = open.pop();
      const href = from === undefined ? null : targetAt(text, at + 1);
      if (from === undefined || !href) continue;
      const label = { from: from + 1, to: at };
      if (!/[^\p{White_Space}\p{Default_Ignorable_Code_Point}]/u.test(text.slice(label.from, label.to))) continue;
      const start = text[from - 1] === "!" && !escaped.has(from - 2) ? from - 1 : from;
      const to = at + 1 + href.length + 2;
      links.set(start, { from: start, to, href, label });
      // Links do not nest: brackets that opened before this link cannot begin another one around it.
      open.length = 0;
      at = to - 1;
    }
  }
  return links;
}

function targetAt(text: string, at: number): string | null {
  target.lastIndex = at;
  if (!target.test(text)) return null;
  let depth = 0;
  for (let to = at; to < text.length && to - at < 4_000; to++) {
    const sign = text[to] as string;
    if (/[\s<>"`]/.test(sign)) return null;
    if (sign === "(") depth++;
    if (sign === ")" && --depth === 0) {
      const href = text.slice(at + 1, to);
      return URL.canParse(href) ? href : null;
    }
  }
  return null;
}
