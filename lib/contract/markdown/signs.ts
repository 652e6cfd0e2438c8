// Decides from the neighbouring characters whether a mark takes effect. docs/markdown.md has the rules.

const space = /^\s$/u;
const digit = /^\p{Nd}$/u;
const letter = /^[\p{L}\p{M}]$/u;
/** Scripts that are written without spaces between words, and full-width forms. */
export const cjk =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u3000-\u303f\u30fb\u30fc\uff00-\uffef]$/u;
/** Characters of paths, formulas and programs. A mark next to one of them is part of the path, formula or program. */
const technical = "\\/@=&+%^$#";

/** The character before index `at`, or "" at the start. */
export function before(text: string, at: number): string {
  const last = text.charAt(at - 1);
  return /[\uDC00-\uDFFF]/.test(last) ? text.slice(at - 2, at) : last;
}

/** The character at index `at`, or "" at the end. */
export function after(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? "" : String.fromCodePoint(code);
}

const isSpace = (char: string) => char === "" || space.test(char);

/** Whether a mark may take effect between these two characters. */
function fits(outside: string, inside: string): boolean {
  if (outside === "") return true;
  if (digit.test(outside) || technical.includes(outside)) return false;
  return !letter.test(outside) || cjk.test(outside) || cjk.test(inside);
}

/** Whether the mark of `length` characters at `at` may open. */
export function opens(text: string, at: number, length: number): boolean {
  const inside = after(text, at + length);
  const outside = before(text, at);
  if (isSpace(inside) || outside === ".") return false;
  if (length === 1 && (inside === "." || inside === "/")) return false;
  return fits(outside, inside);
}

/** Whether the mark of `length` characters at `at` may close. */
export function closes(text: string, at: number, length: number): boolean {
  const inside = before(text, at);
  if (isSpace(inside) || (length === 1 && inside === "/")) return false;
  return fits(after(text, at + length), inside);
}

/** Whether a character belongs to a word. */
export const isWord = (char: string) => char !== "" && (letter.test(char) || digit.test(char));
