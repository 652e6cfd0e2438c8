const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const split = (text: string) => Array.from(graphemes.segment(text), ({ segment }) => segment);

/**
 * Up to two letters for a name. Chinese, Japanese and Korean names give their last characters, which are the given name. Names in
 * scripts with joined letters give one letter.
 */
export function initials(name: string, count: 1 | 2 = 2): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const nameWords = words.filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const first = nameWords[0] ?? words[0];
  if (!first) return "?";
  if (/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(first)) {
    return split(first).slice(-2).slice(0, count).join("");
  }
  const start = split(first)[0] ?? "?";
  const last = nameWords.length > 1 ? nameWords.at(-1) : undefined;
  const hasJoinedLetters = /^[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}]/u.test(first);
  if (count === 1 || hasJoinedLetters || !last) return upper(start);
  return upper(start) + upper(split(last)[0] ?? "");
}

// A letter without a single capital letter, such as ß, stays lower case.
function upper(letter: string) {
  const capital = letter.toLocaleUpperCase();
  return split(capital).length > 1 ? letter : capital;
}

/** One of 24 hues in degrees, from a hash of the id (FNV-1a). */
export function hueOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  // FNV mixes the low bits worst, so this folds the high bits in. Otherwise ids that differ only at the end get similar hues.
  return (((hash ^ (hash >>> 15)) >>> 0) % 24) * 15;
}
