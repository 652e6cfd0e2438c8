import { LinkifyIt } from "linkify-it";

/** A web or e-mail address found in a text. It ends before index `to`. */
export interface Address {
  from: number;
  to: number;
  href: string;
}

// The list leaves out endings that are also file extensions: README.md, main.rs and deploy.sh are files.
const topLevelDomains =
  "com org net edu gov int info dev app io co ai eu uk de fr es it nl be at ch se no fi dk pt ie us ca br au nz in jp cn kr";
const bareDomains = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: true, fuzzyIP: false }).tlds(
  topLevelDomains.split(" "),
);

const scheme = /https?:\/\/(?=[^\s<>"`|])/giu;
/** Characters that end an address. */
const terminator = /[\s<>"`|\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]/gu;
const trailingPunctuation = /[.,;:!?'*_~]$/;
const openerOf: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** The addresses in a text, in order: every http(s) URL, and domains and e-mail addresses without a scheme. */
export function addressesIn(text: string): Address[] {
  const found: Address[] = [];
  scheme.lastIndex = 0;
  for (let match = scheme.exec(text); match; match = scheme.exec(text)) {
    const from = match.index;
    terminator.lastIndex = from + match[0].length;
    const to = from + trimmed(text.slice(from, terminator.exec(text)?.index ?? text.length)).length;
    if (to > from + match[0].length) found.push({ from, to, href: text.slice(from, to) });
    scheme.lastIndex = Math.max(to, from + match[0].length);
  }
  if (!/[.@]/.test(text)) return found;
  const withoutScheme = [...text.matchAll(/\S+/g)]
    .flatMap(({ 0: word, index }) => addressesWithoutScheme(word, index))
    .filter(({ from, to }) => !found.some((other) => other.from < to && from < other.to));
  return [...found, ...withoutScheme].toSorted((a, b) => a.from - b.from);
}

/** In characters. Longer words are not searched: linkify-it takes quadratic time, and nobody types such words by hand. */
const longestWord = 2_000;

/** The domains and e-mail addresses without a scheme in a word. `offset` is the word's index in the text. */
function addressesWithoutScheme(word: string, offset: number): Address[] {
  if (word.length > longestWord || !/[.@]/.test(word)) return [];
  return (bareDomains.match(word) ?? [])
    .filter(({ schema }) => schema === "" || schema === "mailto:")
    .map(({ index, raw, url }) => {
      const from = offset + index;
      return { from, to: from + trimmed(raw).length, href: url };
    });
}

/** Removes trailing punctuation that belongs to the sentence, and closing brackets that the address did not open. */
function trimmed(text: string): string {
  const counts: Record<string, number> = {};
  for (const char of text) if (/[()[\]{}]/.test(char)) counts[char] = (counts[char] ?? 0) + 1;
  let to = text.length;
  for (; to > 0; to--) {
    const last = text.charAt(to - 1);
    const opener = openerOf[last];
    const isUnmatched = opener !== undefined && (counts[last] ?? 0) > (counts[opener] ?? 0);
    if (!isUnmatched && !trailingPunctuation.test(last)) break;
    if (opener !== undefined) counts[last] = (counts[last] ?? 1) - 1;
  }
  return text.slice(0, to);
}
