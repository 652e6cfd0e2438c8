import { before, cjk } from "@/lib/contract/markdown/signs";

/** As many mentions as one message may have. */
const maxMentioned = 50;
/** Code and quotes mention nobody. A fence that is not closed runs to the end. */
const codeOrQuote = /```[\s\S]*?(?:```|(?![\s\S]))|`[^`\n]*`|^>.*$/gm;
const handles = /@([\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:[._-][\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*)/gu;
/** After these characters, an @ belongs to an address or a path. */
const joins = /[\p{Script=Latin}\p{Nd}._/\-@]/u;

/**
 * The handles that a text seems to mention, in lower case and each once: of every @, the longest one that `isKnown`. It looks only for what a
 * hint needs. What a message mentions is decided by the server.
 */
export function mentionedHandles(text: string, isKnown: (handle: string) => boolean): string[] {
  const found = new Set<string>();
  const prose = text.replace(codeOrQuote, " ");
  for (const { 1: typed = "", index } of prose.matchAll(handles)) {
    if (found.size === maxMentioned) break;
    if (joins.test(before(prose, index))) continue;
    const handle = longestKnown(typed.slice(0, 64).toLowerCase(), isKnown);
    if (handle) found.add(handle);
  }
  return [...found];
}

/** A handle may end before a dot or dash, as in "@ada.", and beside a character of a script without spaces. */
function longestKnown(typed: string, isKnown: (handle: string) => boolean): string | null {
  for (let end = typed.length; end > 0; end--) {
    const [last, next] = [typed.charAt(end - 1), typed.charAt(end)];
    const mayEnd = next === "" || /[._-]/.test(next) || cjk.test(last) || cjk.test(next);
    if (mayEnd && isKnown(typed.slice(0, end))) return typed.slice(0, end);
  }
  return null;
}
