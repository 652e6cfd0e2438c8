import { LinkifyIt } from "linkify-it";

/** An address found in plain text, `to` excluded. */
export interface Address {
  from: number;
  to: number;
  href: string;
}

// Not every two-letter ending: README.md, main.rs and deploy.sh are files.
const endings =
  "com org net edu gov int info dev app io co ai eu uk de fr es it nl be at ch se no fi dk pt ie us ca br au nz in jp cn kr";
const bareDomains = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: true, fuzzyIP: false }).tlds(endings.split(" "));

const scheme = /https?:\/\/(?=[^\s<>"`|])/giu;
/** What no address contains: it ends before. */
const end = /[\s<>"`|\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]/gu;
const trailing = /[.,;:!?'*_~]$/;
const closing: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** The addresses of a text in their order: those with a scheme, whatever their host, and bare domains and e-mails. */
export function addressesIn(text: string): Address[] {
  const found: Address[] = [];
  scheme.lastIndex = 0;
  for (let match = scheme.exec(text); match; match = scheme.exec(text)) {
    const from = match.index;
    end.lastIndex = from + match[0].length;
    const to = from + trimmed(text.slice(from, end.exec(text)?.index ?? text.length)).length;
    if (to > from + match[0].length) found.push({ from, to, href: text.slice(from, to) });
    scheme.lastIndex = Math.max(to, from + match[0].length);
  }
  if (!/[.@]/.test(text)) return found;
  const bare = [...text.matchAll(/\S+/g)]
    .flatMap(({ 0: word, index }) => bareIn(word, index))
    .filter(({ from, to }) => !found.some((one) => one.from < to && from < one.to));
  return [...found, ...bare].toSorted((a, b) => a.from - b.from);
}

/** In characters. Nothing longer is typed by hand, and linkify-it takes quadratic time on a word. */
const longestWord = 2_000;

/** Bare domains and e-mails of a word that stands at `offset`. */
function bareIn(word: string, offset: number): Address[] {
  if (word.length > longestWord || !/[.@]/.test(word)) return [];
  return (bareDomains.match(word) ?? [])
    .filter(({ schema }) => schema === "" || schema === "mailto:")
    .map(({ index, raw, url }) => {
      const from = offset + index;
      return { from, to: from + trimmed(raw).length, href: url };
    });
}

/** Without the punctuation of the sentence around it, and without brackets that it does not open. */
function trimmed(text: string): string {
  const counts: Record<string, number> = {};
  for (const sign of text) if (/[()[\]{}]/.test(sign)) counts[sign] = (counts[sign] ?? 0) + 1;
  let to = text.length;
  for (; to > 0; to--) {
    const last = text.charAt(to - 1);
    const opener = closing[last];
    const isLoose = opener !== undefined && (counts[last] ?? 0) > (counts[opener] ?? 0);
    if (!isLoose && !trailing.test(last)) break;
    if (opener !== undefined) counts[last] = (counts[last] ?? 1) - 1;
  }
  return text.slice(0, to);
}
