// Names that are read as other names.
import { looksLatin } from "../alike";

const latin = /\p{Script=Latin}/u;
// Written with Latin letters in between, and looking like none of them.
const eastAsian = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Bopomofo}";
const others = ["Cyrillic", "Greek", "Armenian", "Cherokee", "Hebrew", "Arabic"].map(
  (script) => new RegExp(`\\p{Script=${script}}`, "u"),
);
const other = new RegExp(`[^\\p{Script=Latin}\\p{Script=Common}\\p{Script=Inherited}${eastAsian}]`, "u");
const anyEastAsian = new RegExp(`[${eastAsian}]`, "u");
// Some look like two Latin letters.
const looks = [[...looksLatin.cyrillic.keys(), "ы", "ю", "ԗ"], [...looksLatin.greek.keys()]].map(
  (letters) => new RegExp(`^[${letters.join("")}\\d-]+$`, "u"),
);
const ascii = /^[\x21-\x7E]*$/;

/** Whether a host, as it is typed, mixes scripts in one label or has one of Cyrillic or Greek that all looks Latin. */
export function isLookalike(host: string): boolean {
  const labels = host.toLowerCase().replace(/:\d*$/, "").split(".");
  // Under an ending in its own script, a word is a word like any other.
  const abroad = ascii.test(labels.at(-1) ?? "");
  return labels.some((label) => {
    if (ascii.test(label)) return false;
    const mixed = other.test(label) && (latin.test(label) || anyEastAsian.test(label));
    const severalOthers = others.filter((script) => script.test(label)).length > 1;
    return mixed || severalOthers || (abroad && looks.some((letters) => letters.test(label)));
  });
}
