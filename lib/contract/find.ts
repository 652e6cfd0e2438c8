// The search used by every finder (rooms, people, groups, actions), in the browser and on the server. Anybody can
// choose a hostile name, so the time of a search is at most quadratic in the length of one text (decision 0028).
import { foldCharacter, withoutPrefix } from "./fold";

/** A match of a query in a text. */
export interface Found {
  /** Lower is better. Below `inexactFrom`, the text contains every word of the query exactly. */
  rank: number;
  /** The matched ranges of the text. */
  marks: (readonly [from: number, to: number])[];
}

// A rank below `inexactFrom` means an exact match. A rank below `inOrderFrom` means that a word has one typing error. With a
// higher rank, the letters of a word only occur in order, with others in between.
const step = 64;
export const inexactFrom = 3 * step;
const inOrderFrom = 4 * step;

const maxWords = 8;
/** Added to the rank of an inexact match that is not at the start of the text. */
const notAtStart = 0.25;
/** A shorter word must match without a typing error. One error could turn it into almost any other word. */
const minLengthForTypo = 4;
const separator = /[\s\-_.,:;/·–—]/u;
const accent = /\p{M}|\p{Default_Ignorable_Code_Point}/u;
const digit = /\p{N}/u;
/** A text that was prepared for searches: in lower case, without accents and separators. */
export interface Folded {
  /** The text itself. */
  text: string;
  letters: string;
  /** For each letter, the range of the original text that it came from. */
  from: number[];
  to: number[];
  /** The indexes in `letters` at which words begin, or change between letters and digits. */
  starts: number[];
}

type Kind = "separator" | "accent" | "digit" | "letter";

function classify(char: string): { kind: Kind; base: string } {
  if (separator.test(char)) return { kind: "separator", base: "" };
  const base = accent.test(char) ? "" : foldCharacter(char);
  return { kind: base === "" ? "accent" : digit.test(base) ? "digit" : "letter", base };
}

// Computed once, because most names have only ASCII characters.
const ascii = Array.from({ length: 0x80 }, (_, code) => classify(String.fromCharCode(code)));

/** Prepares a text. Worth it for texts that are searched at every key. */
export function fold(text: string): Folded {
  const folded: Folded = { text, letters: "", from: [], to: [], starts: [] };
  let at = 0;
  let previousKind: Kind = "separator";
  for (const char of text) {
    const end = at + char.length;
    const { kind, base } = ascii[char.charCodeAt(0)] ?? classify(char);
    if (kind === "separator") previousKind = "separator";
    else if (kind === "accent") {
      // An accent is highlighted together with the letter before it.
      if (folded.to.length > 0) folded.to[folded.to.length - 1] = end;
    } else {
      if (kind !== previousKind) folded.starts.push(folded.letters.length);
      previousKind = kind;
      folded.letters += base;
      for (let each = 0; each < base.length; each++) {
        folded.from.push(at);
        folded.to.push(end);
      }
    }
    at = end;
  }
  return folded;
}

/** Prepares a query. The returned function matches it against a text and returns null if there is no match. */
export function finder(query: string): (text: string | Folded) => Found | null {
  const literal = withoutPrefix(query);
  const words = literal
    .split(separator)
    .map((word) => fold(word).letters)
    .filter(Boolean)
    .slice(0, maxWords);
  if (words.length === 0) {
    return (text) => ((typeof text === "string" ? text : text.text).includes(literal) ? { rank: 0, marks: [] } : null);
  }
  return (text) => {
    const folded = typeof text === "string" ? fold(text) : text;
    let [worst, sum] = [0, 0];
    const found: Found["marks"] = [];
    for (const word of words) {
      const match = findExact(word, folded) ?? findWithTypo(word, folded) ?? findInOrder(word, folded);
      if (!match) return null;
      worst = Math.max(worst, Math.floor(match.rank));
      // A whole word ranks above the beginning of a longer one.
      sum += match.rank + (isEnd(folded, match.parts.at(-1)?.[1] ?? 0) ? 0 : 0.5);
      for (const [from, to] of match.parts) found.push([folded.from[from] ?? 0, folded.to[to - 1] ?? 0]);
    }
    return { rank: worst * step + sum, marks: found.length > 1 ? mergeRanges(found) : found };
  };
}

/** The best match among several texts of one item, such as its name and handle. Only a match in the first text has marks. */
export function bestMatch(find: ReturnType<typeof finder>, texts: readonly (string | Folded)[]): Found | null {
  let best: Found | null = null;
  for (const [at, text] of texts.entries()) {
    const found = find(text);
    if (found && !(best && best.rank <= found.rank)) best = at === 0 ? found : { rank: found.rank, marks: [] };
  }
  return best;
}

/**
 * The matching items, best first. Equal ranks keep their order. Only the best kind of match counts: exact, then one typing error,
 * then letters in order. For a later page, pass the best rank of the first page as `best`, so that all pages have the same kind
 * of match.
 */
export function findIn<Item>(
  items: readonly Item[],
  query: string,
  textsOf: (item: Item) => readonly (string | Folded)[],
  best?: number,
): { item: Item; found: Found }[] {
  const find = finder(query);
  const all = items.flatMap((item) => {
    const found = bestMatch(find, textsOf(item));
    return found ? [{ item, found }] : [];
  });
  const bestRank = best ?? all.reduce((lowest, { found }) => Math.min(lowest, found.rank), Number.POSITIVE_INFINITY);
  const limit = bestRank < inexactFrom ? inexactFrom : bestRank < inOrderFrom ? inOrderFrom : Number.POSITIVE_INFINITY;
  return all.filter(({ found }) => found.rank < limit).toSorted((a, b) => a.found.rank - b.found.rank);
}

/** Whether a search treats two names as equal: they differ at most in case, accents and separators. */
export function isSameName(a: string, b: string): boolean {
  return fold(a).letters === fold(b).letters;
}

type Match = { rank: number; parts: [from: number, to: number][] };

/** An exact match. Rank 0 is at the start of the text, 1 at the start of a word, 2 inside a word. */
function findExact(word: string, { letters, starts }: Folded): Match | null {
  const first = letters.indexOf(word);
  if (first < 0) return null;
  const at = first === 0 ? 0 : (starts.find((start) => letters.startsWith(word, start)) ?? first);
  return { rank: at === 0 ? 0 : starts.includes(at) ? 1 : 2, parts: [[at, at + word.length]] };
}

/** A match at the start of a word with one letter wrong, missing or extra, or two letters swapped. */
function findWithTypo(word: string, { letters, starts }: Folded): Match | null {
  if (word.length < minLengthForTypo) return null;
  for (const start of starts) {
    const length = lengthWithTypo(word, letters, start);
    if (length > 0) return { rank: 3 + (start > 0 ? notAtStart : 0), parts: [[start, start + length]] };
  }
  return null;
}

/** The length of the match at `start` with one typing error, or 0. */
function lengthWithTypo(word: string, letters: string, start: number): number {
  let same = 0;
  while (same < word.length && letters[start + same] === word[same]) same++;
  const at = start + same;
  const [here, next] = [word[same] ?? "", word[same + 1] ?? ""];
  const after = word.slice(same + 1);
  if (next && letters.startsWith(next + here + word.slice(same + 2), at)) return word.length;
  if (at < letters.length && letters.startsWith(after, at + 1)) return word.length;
  if (letters.startsWith(word.slice(same), at + 1)) return word.length + 1;
  return letters.startsWith(after, at) ? word.length - 1 : 0;
}

/** A match of the letters in order with others in between, from the start of a word. The shortest match counts. */
function findInOrder(word: string, { letters, starts }: Folded): Match | null {
  if (word.length < 2) return null;
  let shortest: number[] | null = null;
  for (const start of starts) {
    if (letters[start] !== word[0]) continue;
    const places = [start];
    for (let at = start + 1; at < letters.length && places.length < word.length; at++) {
      if (letters[at] === word[places.length]) places.push(at);
    }
    if (places.length < word.length) break;
    if (!shortest || length(places) < length(shortest)) shortest = places;
  }
  if (!shortest) return null;
  // The spread grows with the distance between the letters. It is always less than 0.5.
  const spread = (1 - word.length / length(shortest)) / 2;
  return { rank: 4 + spread + ((shortest[0] ?? 0) > 0 ? notAtStart : 0), parts: shortest.map((at) => [at, at + 1]) };
}

const length = (places: readonly number[]) => (places.at(-1) ?? 0) - (places[0] ?? 0) + 1;

const isEnd = ({ letters, starts }: Folded, at: number) => at === letters.length || starts.includes(at);

/** Sorts ranges and merges those that touch. */
function mergeRanges(parts: Found["marks"]): Found["marks"] {
  const all: [number, number][] = [];
  for (const [from, to] of parts.toSorted((a, b) => a[0] - b[0])) {
    const last = all.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else all.push([from, to]);
  }
  return all;
}
