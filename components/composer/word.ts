import { before, cjk, isWord } from "@/lib/contract/markdown/signs";

/** The signs that offer something: people and groups, rooms, emoji. */
export type Sign = "@" | "#" | ":";

/** A word before the caret that begins with a sign. */
export interface Word {
  sign: Sign;
  /** The index of the sign. */
  from: number;
  /** The index of the caret. */
  to: number;
  /** What is typed after the sign. */
  query: string;
}

/** A longer word is nobody's name. It also bounds what is looked at for each key, however long the text is. */
const maxLength = 64;
/**
 * What may follow each sign. Emoji are offered from the second letter, so that ":)" and "10:30" are left alone. A full stop ends a word,
 * as in "Thanks @ada.", until a letter follows.
 */
const queries: Readonly<Record<Sign, RegExp>> = {
  "@": /^(?:[\p{L}\p{N}][\p{L}\p{N}\p{M}._-]*)?(?<!\.)$/u,
  "#": /^(?:[\p{L}\p{N}\p{Extended_Pictographic}][^\s@#:]*)?(?<![.,;!?)])$/u,
  ":": /^[\p{L}+][\p{L}\p{N}\p{M}_+-]+$/u,
};
/** Before a sign, these belong to an address, a path, a formula or code. */
const technical = "._/\\-@#:&=+%$`";

/** The word that ends at the caret, if it begins with a sign. A sign inside a word or an address is text. */
export function wordBefore(text: string, caret: number): Word | null {
  for (let from = caret - 1; from >= 0 && from >= caret - maxLength; from--) {
    const char = text.charAt(from);
    if (/\s/.test(char)) return null;
    if (!isSign(char) || !mayFollow(before(text, from))) continue;
    const query = text.slice(from + 1, caret);
    if (queries[char].test(query)) return { sign: char, from, to: caret, query };
  }
  return null;
}

const isSign = (char: string): char is Sign => char === "@" || char === "#" || char === ":";

/** Scripts without spaces between words have no beginning of a word to look for. */
const mayFollow = (char: string) => char === "" || cjk.test(char) || !(isWord(char) || technical.includes(char));
