// Letters that look like other letters: the confusables of Unicode UTS #39 for Latin, Cyrillic and Greek.
import { foldSpelling } from "./fold";

/** Lower-case Cyrillic and Greek letters, and the Latin letter that each one looks like. */
export const latinLookalikes = {
  cyrillic: pairs("аa сc ԁd еe ԍg һh іi јj ӏl оo рp ԛq ѕs ԝw хx уy ьb ҽe пn гr ѵv ѡw"),
  greek: pairs("αa νv οo ιi ρp υu τt κk χx εe ηn ωw γy"),
} as const;

/** Capitals, and the Latin letter that each one looks like. A capital can look different from its lower-case letter. */
const capitalLookalikes: ReadonlyMap<string, string> = new Map([
  ...pairs("Il ӀI АA ВB ЕE ЅS ІI ЈJ КK МM НH ОO РP СC ТT УY ҮY ХX ԌG ԚQ ԜW"),
  ...pairs("ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX"),
]);
const lowercaseLookalikes: ReadonlyMap<string, string> = new Map([
  ...latinLookalikes.cyrillic,
  ...latinLookalikes.greek,
  ...pairs("ıi ɑa ɡg ɩi"),
]);

function pairs(text: string): ReadonlyMap<string, string> {
  return new Map(text.split(" ").map((pair) => [pair.charAt(0), pair.charAt(1)]));
}

/** Removes differences that are not visible: character width, runs of spaces, invisible characters. */
const fold = (name: string) => foldSpelling(name).trim().replace(/\s+/g, " ");

/** The form in which names are compared: folded, and in lower case. */
export const nameKey = (name: string) => fold(name).toLowerCase();

/** A name as it looks in lower case: П is п, which looks like n. */
const lowercaseLook = (name: string) => replaceLetters(nameKey(name), lowercaseLookalikes);
/** A name as it looks with its capitals: В looks like B, and I like l. */
const uppercaseLook = (name: string) =>
  replaceLetters(replaceLetters(fold(name), capitalLookalikes).replace(/I/g, "l").toLowerCase(), lowercaseLookalikes);

function replaceLetters(text: string, letters: ReadonlyMap<string, string>): string {
  return Array.from(text, (letter) => letters.get(letter) ?? letter).join("");
}

/** Whether two names look the same. If so, their `nameKey`s have the same length. */
export function looksLike(one: string, other: string): boolean {
  return lowercaseLook(one) === lowercaseLook(other) || uppercaseLook(one) === uppercaseLook(other);
}

const latin = /\p{Script=Latin}/u;
const words = /[\p{L}\p{M}]+/gu;

/** Whether a word mixes Latin letters with other letters that all look Latin, such as `lіghthouse` with a Cyrillic і. */
export function pretendsLatin(text: string): boolean {
  return (text.match(words) ?? []).some((word) => {
    const others = Array.from(word).filter((letter) => !latin.test(letter) && !/\p{M}/u.test(letter));
    return (
      latin.test(word) &&
      others.length > 0 &&
      others.every((letter) => capitalLookalikes.has(letter) || lowercaseLookalikes.has(letter))
    );
  });
}
