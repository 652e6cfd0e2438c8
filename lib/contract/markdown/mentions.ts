import { foldSpelling } from "../fold";
import { cjk } from "./signs";
import type { Inline } from "./tree";

type Mention = Extract<Inline, { type: "mention" }>;

/**
 * Reads a handle, in the form of `handleKey`. Returns what stands in the message for it and the @, or null if it means nobody. `typed` is
 * both as they were typed.
 */
export type ReadMention = (handle: string, typed: string) => string | null;

/** The form in which handles are stored and compared: in lower case, in one spelling. */
export const handleKey = (typed: string): string => foldSpelling(typed).toLowerCase();

const handle = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:[._-][\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*/uy;
/** After these characters, an @ belongs to an address or a path. */
const joins = /[\p{Script=Latin}\p{Nd}._/\-@]$/u;
/** A handle has at most this many UTF-16 units as it is typed. Folding can make it longer or shorter. */
const maxTyped = 64;

/**
 * The mention at an @, or null. It is the longest handle that means somebody: it ends where the letters and digits end, before a `.`,
 * `-` or `_`, or next to a CJK character, because these scripts have no spaces.
 */
export function mentionAt(text: string, at: number, read: ReadMention): Mention | null {
  if (joins.test(text.slice(Math.max(0, at - 2), at))) return null;
  const beginning = text.slice(at + 1, at + 1 + maxTyped);
  handle.lastIndex = 0;
  const run = handle.exec(beginning)?.[0] ?? "";
  for (let end = run.length; end > 0; end--) {
    if (end < run.length && !mayEnd(run, end)) continue;
    const key = handleKey(run.slice(0, end));
    const shown = read(key, `@${run.slice(0, end)}`);
    if (shown !== null) return { type: "mention", text: shown, handle: key, at, length: end + 1 };
  }
  return null;
}

/** Whether a handle that is shorter than what was typed may end before index `end`. */
function mayEnd(run: string, end: number): boolean {
  const [last, next] = [run.charAt(end - 1), run.charAt(end)];
  return /[._-]/.test(next) || cjk.test(last) || cjk.test(next);
}
