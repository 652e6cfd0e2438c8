// Letters that are read as others. After the confusables of Unicode's UTS #39, as far as Latin, Cyrillic and Greek go.

/** Small letters of Cyrillic and Greek that look like a Latin one. */
export const looksLatin = {
  cyrillic: pairs("аa сc ԁd еe ԍg һh іi јj ӏl оo рp ԛq ѕs ԝw хx уy ьb ҽe пn гr ѵv ѡw"),
  greek: pairs("αa νv οo ιi ρp υu τt κk χx εe ηn ωw γy"),
} as const;

/** Capitals: their small letters look like something else. A capital I is read as a small L. */
const capitals: ReadonlyMap<string, string> = new Map([
  ...pairs("Il ӀI АA ВB ЕE ЅS ІI ЈJ КK МM НH ОO РP СC ТT УY ҮY ХX ԌG ԚQ ԜW"),
  ...pairs("ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX"),
]);
const smalls: ReadonlyMap<string, string> = new Map([
  ...looksLatin.cyrillic,
  ...looksLatin.greek,
  ...pairs("ıi ɑa ɡg ɩi"),
]);

function pairs(text: string): ReadonlyMap<string, string> {
  return new Map(text.split(" ").map((pair) => [pair.charAt(0), pair.charAt(1)]));
}

/** Removes differences nobody can see: character width, runs of spaces, invisible characters. */
function fold(name: string): string {
  const seen = name.normalize("NFKC").replace(/\p{Default_Ignorable_Code_Point}/gu, "");
  return seen.trim().replace(/\s+/g, " ");
}

/** A name as it is compared: folded, and in one case. */
export const nameKey = (name: string) => fold(name).toLowerCase();

/** In one case: П as п, which looks like n. */
const smallLook = (name: string) => replaced(nameKey(name), smalls);
/** By the shapes of its capitals: В as b, and I as l. */
const shapeLook = (name: string) => replaced(replaced(fold(name), capitals).replace(/I/g, "l").toLowerCase(), smalls);

function replaced(text: string, letters: ReadonlyMap<string, string>): string {
  return Array.from(text, (letter) => letters.get(letter) ?? letter).join("");
}

/** Whether two names are read as the same. Their keys then have the same number of letters. */
export function looksLike(one: string, other: string): boolean {
  return smallLook(one) === smallLook(other) || shapeLook(one) === shapeLook(other);
}

const latin = /\p{Script=Latin}/u;
const words = /[\p{L}\p{M}]+/gu;

/** Whether a word has Latin letters, and all its others look like Latin ones: `lіghthouse` with a Cyrillic letter. */
export function pretendsLatin(text: string): boolean {
  return (text.match(words) ?? []).some((word) => {
    const others = Array.from(word).filter((letter) => !latin.test(letter) && !/\p{M}/u.test(letter));
    return (
      latin.test(word) && others.length > 0 && others.every((letter) => capitals.has(letter) || smalls.has(letter))
    );
  });
}
