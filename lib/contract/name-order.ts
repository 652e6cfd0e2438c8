// The order of names. The database stores this key and sorts by it, and the browser computes the same one (decision 0032).
import { foldLetter, foldSpelling, plainLetters } from "./fold";

/** Accents, but not the vowel signs of Indic scripts, which are marks too. */
const accents = /(?=\p{M})\p{Script=Inherited}|[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]/gu;
/** Everything that `keyOf` replaces: numbers, spaces, symbols, and the letters of `plainLetters`. */
const parts = new RegExp(`\\p{Nd}+|\\s+|[^\\p{L}\\p{M}\\p{N}]|[${Object.keys(plainLetters).join("")}]`, "gu");
/** The maximum length of a key in code points. A B-tree row of Postgres holds 2,704 bytes. */
const maxCodePoints = 120;

/**
 * The sort key of a name, to be compared by code point: spaces come first, then symbols, then numbers by size, then letters
 * regardless of case and accents. Names with equal keys are sorted by id. Never empty.
 */
export function nameOrder(name: string): string {
  const folded = foldSpelling(name, "NFKD").replace(accents, "").toLowerCase().trim();
  const key = folded.replace(parts, keyOf);
  return (key.length > maxCodePoints ? Array.from(key).slice(0, maxCodePoints).join("") : key) || "!";
}

function keyOf(part: string): string {
  if (/^\s/.test(part)) return " ";
  if (/^\p{Nd}/u.test(part)) return numberKey(part);
  return plainLetters[part] ?? `!${part}`;
}

/** The key begins with the number of digits, so that 9 comes before 10. */
function numberKey(number: string): string {
  const digits = Array.from(number, foldLetter)
    .join("")
    .replace(/^0+(?=.)/, "");
  return `0${String.fromCodePoint(0x20 + Math.min(digits.length, 0x5e))}${digits}`;
}

/** Compares by code point, as `COLLATE "C"` does. `<` compares UTF-16, which puts emoji before some letters. */
export function compareOrder(one: string, other: string): number {
  const shorter = Math.min(one.length, other.length);
  for (let at = 0; at < shorter; at++) {
    if (one[at] !== other[at]) return rank(one.charCodeAt(at)) - rank(other.charCodeAt(at));
  }
  return one.length - other.length;
}

/** Surrogates encode the code points above all others. */
const rank = (unit: number) => (unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit);
