import type MarkdownIt from "markdown-it";

type Linkify = InstanceType<typeof MarkdownIt>["linkify"];

/** In characters. Nothing longer is typed by hand, and few addresses that are copied are. */
const longestWord = 2_000;

/**
 * Lets addresses be looked for in one word at a time, and in none that is too long: an address has no space in it, and
 * linkify-it takes quadratic time on a text without spaces (2.6 s for 16,000 characters).
 */
export function findByWords(linkify: Linkify): void {
  const original = { match: linkify.match.bind(linkify), matchAtStart: linkify.matchAtStart.bind(linkify) };
  linkify.match = (text) => {
    const found = [...text.matchAll(/\S+/g)].flatMap(({ 0: word, index }) => {
      if (word.length > longestWord) return [];
      return (original.match(word) ?? []).map((match) => {
        match.index += index;
        match.lastIndex += index;
        return match;
      });
    });
    return found.length > 0 ? found : null;
  };
  linkify.test = (text) => linkify.match(text) !== null;
  linkify.matchAtStart = (text) => {
    const end = text.slice(0, longestWord + 1).search(/\s/);
    if (end < 0 && text.length > longestWord) return null;
    return original.matchAtStart(end < 0 ? text : text.slice(0, end));
  };
}
