// Folding removes the differences that readers ignore: invisible characters, width, case, accents. Search, sort keys and the
// comparison of names all use these functions (docs/decisions/0032).

const ignorable = /\p{Default_Ignorable_Code_Point}/gu;
const prefix = /^[#@]+\s*/;
const accents = /\p{M}/gu;

/** Replacements for letters that NFKD and lower case leave as they are. */
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
 * Removes invisible characters, then normalizes the text. In this order, because an invisible character between a letter and its
 * accent would keep NFKC from combining the two.
 */
export function foldSpelling(text: string, form: "NFKC" | "NFKD" = "NFKC"): string {
  return text.replace(ignorable, "").normalize(form);
}

/** Removes width, case and accents from one character and maps digits of any script to 0-9. The result may have any length. */
export function foldCharacter(char: string): string {
  if (char < "\u0080") return char.toLowerCase();
  return foldLetter(char.normalize("NFKD").replace(accents, "").toLowerCase());
}

/** Replaces one letter of `plainLetters`, or one digit of any script. Expects NFKD and lower case. */
export function foldLetter(letter: string): string {
  return plainLetters[letter] ?? (/^\p{Nd}$/u.test(letter) ? digit(letter) : letter);
}

/** The value of a digit: how many digits precede it. The ten digits of a script have consecutive code points. */
function digit(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++;
  return String(value);
}

/** Removes the # or @ that people type before a name. */
export const withoutPrefix = (query: string) => query.replace(ignorable, "").trim().replace(prefix, "");

/** Whether a text begins with # or @, which the interface shows before names. */
export const hasPrefix = (name: string) => prefix.test(name);
