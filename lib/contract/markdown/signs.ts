// What stands beside a mark decides whether it acts. The rules are those of docs/markdown.md.

const space = /^\s$/u;
const digit = /^\p{Nd}$/u;
const letter = /^[\p{L}\p{M}]$/u;
/** Scripts that are written without spaces between words, and full-width forms. */
const cjk =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u3000-\u303f\u30fb\u30fc\uff00-\uffef]$/u;
/** Signs of paths, formulas and programs: a mark beside them is one of theirs. */
const technical = "\\/@=&+%^$#";

/** The character that ends before `at`, or "" at the start. */
export function before(text: string, at: number): string {
  const last = text.charAt(at - 1);
  return /[\uDC00-\uDFFF]/.test(last) ? text.slice(at - 2, at) : last;
}

/** The character that begins at `at`, or "" at the end. */
export function after(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? "" : String.fromCodePoint(code);
}

const isSpace = (sign: string) => sign === "" || space.test(sign);

/** Whether `outside` allows a mark whose other side is `inside`. */
function fits(outside: string, inside: string): boolean {
  if (outside === "") return true;
  if (digit.test(outside) || technical.includes(outside)) return false;
  return !letter.test(outside) || cjk.test(outside) || cjk.test(inside);
}

/** Whether a mark of `length` signs at `at` may open. */
export function opens(text: string, at: number, length: number): boolean {
  const inside = after(text, at + length);
  const outside = before(text, at);
  if (isSpace(inside) || outside === ".") return false;
  if (length === 1 && (inside === "." || inside === "/")) return false;
  return fits(outside, inside);
}

/** Whether a mark of `length` signs at `at` may close. */
export function closes(text: string, at: number, length: number): boolean {
  const inside = before(text, at);
  if (isSpace(inside) || (length === 1 && inside === "/")) return false;
  return fits(after(text, at + length), inside);
}

/** Whether a character belongs to a word. */
export const isWord = (sign: string) => sign !== "" && (letter.test(sign) || digit.test(sign));
