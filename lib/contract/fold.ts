// Folding removes the differences that readers ignore: invisible signs, width, case, accents. Search, sort keys and the
// comparison of names all use these functions (decision 0032).

const ignorable = /\p{Default_Ignorable_Code_Point}/gu;
const prefix = /^[#@]+\s*/;
const accents = /\p{M}/gu;

/** Letters that NFKD does not decompose. */
export const plainLetters: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
  ς: "σ",
};

/**
 * Normalizes a text and removes invisible signs. They are removed first: between a letter and its accent they would keep the
 * two from becoming one letter.
 */
export function foldSpelling(text: string, form: "NFKC" | "NFKD" = "NFKC"): string {
  return text.replace(ignorable, "").normalize(form);
}

/** Removes width, case and accents from one sign and maps digits of any script to 0-9. Returns any number of letters. */
export function foldSign(sign: string): string {
  if (sign < "\u0080") return sign.toLowerCase();
  return foldLetter(sign.normalize("NFKD").replace(accents, "").toLowerCase());
}

/** Completes what NFKD and lower case leave undone for one letter or digit. */
export function foldLetter(letter: string): string {
  return plainLetters[letter] ?? (/^\p{Nd}$/u.test(letter) ? digit(letter) : letter);
}

/** The ten digits of a script have consecutive code points. */
function digit(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++;
  return String(value);
}

/** Removes the # or @ that people type before a name. */
export const withoutPrefix = (query: string) => query.replace(ignorable, "").trim().replace(prefix, "");

/** Whether a text begins with # or @, which the interface shows before names. */
export const hasPrefix = (name: string) => prefix.test(name);
