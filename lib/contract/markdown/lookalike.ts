// Detects host names that people would read as other names.
import { latinLookalikes } from "../alike";

const latin = /\p{Script=Latin}/u;
// These scripts are often mixed with Latin letters and do not look like them.
const eastAsian = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Bopomofo}";
const others = ["Cyrillic", "Greek", "Armenian", "Cherokee", "Hebrew", "Arabic"].map(
  (script) => new RegExp(`\\p{Script=${script}}`, "u"),
);
const other = new RegExp(`[^\\p{Script=Latin}\\p{Script=Common}\\p{Script=Inherited}${eastAsian}]`, "u");
const anyEastAsian = new RegExp(`[${eastAsian}]`, "u");
// The added Cyrillic letters each look like two Latin ones.
const looks = [[...latinLookalikes.cyrillic.keys(), "ы", "ю", "ԗ"], [...latinLookalikes.greek.keys()]].map(
  (letters) => new RegExp(`^[${letters.join("")}\\d-]+$`, "u"),
);
const ascii = /^[\x21-\x7E]*$/;

/** Whether a label of the host mixes scripts, or has only Cyrillic or Greek letters that all look Latin. */
export function isLookalike(host: string): boolean {
  const labels = host.toLowerCase().replace(/:\d*$/, "").split(".");
  // Under a top-level domain in the same script (.рф), a Cyrillic name is to be expected.
  const hasAsciiEnding = ascii.test(labels.at(-1) ?? "");
  return labels.some((label) => {
    if (ascii.test(label)) return false;
    const mixed = other.test(label) && (latin.test(label) || anyEastAsian.test(label));
    const severalOthers = others.filter((script) => script.test(label)).length > 1;
    return mixed || severalOthers || (hasAsciiEnding && looks.some((letters) => letters.test(label)));
  });
}
