// Invisible characters. Names and other one-line texts must not differ only by them.

/** Scripts in which joiners (U+200C, U+200D) change how letters look: Arabic and its relatives, and Indic scripts. */
const joiningScripts =
  "\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Mongolian}\\p{Script=Nko}\\p{Script=Mandaic}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gurmukhi}\\p{Script=Gujarati}\\p{Script=Oriya}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Malayalam}\\p{Script=Sinhala}\\p{Script=Khmer}\\p{Script=Myanmar}\\p{Script=Tibetan}";
const pictograph = "\\p{Extended_Pictographic}";

/** Invisible characters that change how their neighbours look. They are kept. All other invisible characters are removed. */
const meaningful = [
  // Joiners between letters of a joining script.
  `(?<=[${joiningScripts}])[\\u200C\\u200D](?=[${joiningScripts}])`,
  // The joiner in emoji for families, professions and flags.
  `(?<=[${pictograph}\\uFE0F\\p{Emoji_Modifier}])\\u200D(?=${pictograph})`,
  // Variation selectors: a pictograph as text or as emoji, and key caps.
  `(?<=${pictograph})[\\uFE0E\\uFE0F]`,
  "(?<=[0-9#*])\\uFE0F(?=\\u20E3)",
  // Variation selectors of Chinese and Japanese characters and of Mongolian letters.
  "(?<=\\p{Script=Han})[\\uFE00-\\uFE02\\u{E0100}-\\u{E01EF}]",
  "(?<=\\p{Script=Mongolian})[\\u180B-\\u180D\\u180F]",
  // The tags in the flags of Scotland and other regions.
  "(?<=\\u{1F3F4}[\\u{E0030}-\\u{E007A}]{0,6})[\\u{E0030}-\\u{E007F}](?=[\\u{E0030}-\\u{E007A}]{0,6}\\u{E007F}|(?<=\\u{E007F}))",
].join("|");
const hidden = "[\\p{Default_Ignorable_Code_Point}\\uFFF9-\\uFFFB]";
// Direction controls have a visible effect, so `line` refuses them instead of removing them.
const directionControls = "\\u202A-\\u202E\\u2066-\\u2069";

const everyHidden = new RegExp(`(${meaningful})|(?![${directionControls}])${hidden}`, "gu");

/**
 * Removes invisible characters, then normalizes to NFC. In this order, because an invisible character keeps a letter and its
 * accent apart. Joiners and selectors stay where letters or emoji need them.
 */
export function withoutHidden(text: string): string {
  return text.replace(everyHidden, "$1").normalize("NFC");
}

/** Like `withoutHidden`, for a one-line text: also turns every run of spaces into one space and trims. */
export function oneLine(text: string): string {
  return withoutHidden(text)
    .replace(/[\p{Zs}\p{Zl}\p{Zp}\u2800]+/gu, (spaces) => (spaces === "\u3000" ? spaces : " "))
    .trim();
}

/** Whether a text has any character that is neither a space nor invisible. */
export const isVisible = (text: string) => /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\u2800]/u.test(text);

// biome-ignore lint: it matches control characters on purpose
const undisplayable = new RegExp(
  `[\\u0000-\\u001F\\u007F-\\u009F\\p{Surrogate}\\p{Private_Use}${directionControls}]`,
  "u",
);

/** Whether a text has no control characters, direction controls or private-use characters. */
export const isDisplayable = (text: string) => !undisplayable.test(text);

/** The maximum number of combining marks on one letter. Hebrew, Thai, Tibetan and Vietnamese need up to four. */
const maxMarks = 4;
const stacked = new RegExp(`^[\\p{Mn}\\p{Me}]|[\\p{Mn}\\p{Me}]{${maxMarks + 1}}`, "u");

/** Whether every combining mark follows a letter, and no letter has more than `maxMarks` of them. */
export const isUnstacked = (text: string) => !stacked.test(text);
