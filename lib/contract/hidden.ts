// Signs that are not seen. Text that people read as one line, and names above all, must not differ by them.

/** Scripts in which a joiner changes how letters look: Arabic and its relatives, and those of India and its neighbours. */
const joining =
  "\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Mongolian}\\p{Script=Nko}\\p{Script=Mandaic}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gurmukhi}\\p{Script=Gujarati}\\p{Script=Oriya}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Malayalam}\\p{Script=Sinhala}\\p{Script=Khmer}\\p{Script=Myanmar}\\p{Script=Tibetan}";
const picture = "\\p{Extended_Pictographic}";

/** What is not seen and yet changes what is, where it stands. Everything else of its kind goes. */
const needed = [
  // Between letters of such a script.
  `(?<=[${joining}])[\\u200C\\u200D](?=[${joining}])`,
  // Families, professions, flags: between pictures.
  `(?<=[${picture}\\uFE0F\\p{Emoji_Modifier}])\\u200D(?=${picture})`,
  // A picture as text or as emoji; a key cap.
  `(?<=${picture})[\\uFE0E\\uFE0F]`,
  "(?<=[0-9#*])\\uFE0F(?=\\u20E3)",
  // The form of a Chinese or Japanese sign, of a Mongolian letter.
  "(?<=\\p{Script=Han})[\\uFE00-\\uFE02\\u{E0100}-\\u{E01EF}]",
  "(?<=\\p{Script=Mongolian})[\\u180B-\\u180D\\u180F]",
  // Scotland and other flags that are spelled out.
  "(?<=\\u{1F3F4}[\\u{E0030}-\\u{E007A}]{0,6})[\\u{E0030}-\\u{E007F}](?=[\\u{E0030}-\\u{E007A}]{0,6}\\u{E007F}|(?<=\\u{E007F}))",
].join("|");
const hidden = "[\\p{Default_Ignorable_Code_Point}\\uFFF9-\\uFFFB]";
// What turns text is seen by what it does: who writes it is told, see `line`.
const turning = "\\u202A-\\u202E\\u2066-\\u2069";

const everyHidden = new RegExp(`(${needed})|(?![${turning}])${hidden}`, "gu");

/** A text without the signs that nobody sees, in one spelling (NFC). Joiners and selectors stay where letters or emoji need them. */
export function withoutHidden(text: string): string {
  return text.normalize("NFC").replace(everyHidden, "$1");
}

/** The same on one line: every run of spaces is one space, as pages show it. */
export function oneLine(text: string): string {
  return withoutHidden(text)
    .replace(/[\p{Zs}\p{Zl}\p{Zp}\u2800]+/gu, (spaces) => (spaces === "\u3000" ? spaces : " "))
    .trim();
}

/** Whether anything of it can be seen: neither spaces nor characters without width. */
export const isVisible = (text: string) => /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\u2800]/u.test(text);

// biome-ignore lint: control characters are exactly what is refused
const unshown = new RegExp(`[\\u0000-\\u001F\\u007F-\\u009F\\p{Surrogate}\\p{Private_Use}${turning}]`, "u");

/** Whether all of it is text: no control characters, none that turn the direction of what follows, none of private fonts. */
export const isShown = (text: string) => !unshown.test(text);

/** Signs above and below one letter. Hebrew, Thai, Tibetan and Vietnamese need up to four. */
const mostSigns = 4;
const stacked = new RegExp(`^[\\p{Mn}\\p{Me}]|[\\p{Mn}\\p{Me}]{${mostSigns + 1}}`, "u");

/** Whether every combining mark follows a letter, and no letter has more than `mostSigns` of them. */
export const isUnstacked = (text: string) => !stacked.test(text);
