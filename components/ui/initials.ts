const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const split = (text: string) => Array.from(graphemes.segment(text), ({ segment }) => segment);

/** Up to two signs that stand for a name. Chinese, Japanese and Korean names are known by their end, the given name; joined scripts by one letter. */
export function initials(name: string, count: 1 | 2 = 2): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const spoken = words.filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const first = spoken[0] ?? words[0];
  if (!first) return "?";
  if (/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(first)) {
    return split(first).slice(-2).slice(0, count).join("");
  }
  const start = split(first)[0] ?? "?";
  const last = spoken.length > 1 ? spoken.at(-1) : undefined;
  const joined = /^[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}]/u.test(first);
  if (count === 1 || joined || !last) return upper(start);
  return upper(start) + upper(split(last)[0] ?? "");
}

// ß has no single capital.
function upper(sign: string) {
  const capital = sign.toLocaleUpperCase();
  return split(capital).length > 1 ? sign : capital;
}

/** One of 24 hues, always the same for the same id (FNV-1a). */
export function hueOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  // The last bits of FNV are its weakest; ids that differ at the end should not look alike.
  return (((hash ^ (hash >>> 15)) >>> 0) % 24) * 15;
}
