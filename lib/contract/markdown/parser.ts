import MarkdownIt from "markdown-it";
import { findByWords } from "./addresses";
import { shortcodes } from "./emoji";

/** Markdown as people write it in a chat: no HTML, no definitions that vanish, nothing that turns plain text into something else by surprise. */
export const parser = new MarkdownIt({ html: false, linkify: true, breaks: true, maxNesting: 20 });

// Off: indentation as code, underlined headings (`text` over `---`), link definitions (they disappear), &amp; as a sign.
parser.disable(["code", "lheading", "reference", "entity"]);

// Not every two-letter ending: README.md, main.rs and deploy.sh are files.
const endings =
  "com org net edu gov int info dev app io co ai eu uk de fr es it nl be at ch se no fi dk pt ie us ca br au nz in jp cn kr";
parser.linkify.set({ fuzzyLink: true, tlds: endings.split(" ") });
findByWords(parser.linkify);

/** Only these leave the page. Anything else stays the text it was. */
parser.validateLink = (url) => /^(?:https?:\/\/|mailto:)/i.test(url.trim());

// The browser's own reading decides where a link leads; names in other scripts show as what they are (xn--...).
parser.normalizeLinkText = (url) => url;

// As the original, but it also stops at |, so that a spoiler can begin inside a word.
const plain = /[^\n!#$%&*+\-:<=>@[\]\\^_`{|}~]+/y;
parser.inline.ruler.at("text", (state, silent) => {
  plain.lastIndex = state.pos;
  const found = plain.exec(state.src)?.[0].slice(0, state.posMax - state.pos);
  if (!found) return false;
  if (!silent) state.pending += found;
  state.pos += found.length;
  return true;
});

// ||hidden until asked for||
parser.inline.ruler.before("emphasis", "spoiler", (state, silent) => {
  const { src, pos } = state;
  if (!src.startsWith("||", pos)) return false;
  const end = src.indexOf("||", pos + 2);
  if (end <= pos + 2 || end + 2 > state.posMax) return false;
  if (!silent) {
    const max = state.posMax;
    state.push("spoiler_open", "span", 1);
    state.pos = pos + 2;
    state.posMax = end;
    state.md.inline.tokenize(state);
    state.push("spoiler_close", "span", -1);
    state.posMax = max;
  }
  state.pos = end + 2;
  return true;
});

// :tada:
const code = /:([a-z0-9_+-]{1,30}):/y;
parser.inline.ruler.after("linkify", "shortcode", (state, silent) => {
  code.lastIndex = state.pos;
  const found = code.exec(state.src);
  const emoji = found && Object.hasOwn(shortcodes, found[1] ?? "") && shortcodes[found[1] ?? ""];
  if (!found || !emoji || code.lastIndex > state.posMax) return false;
  if (!silent) state.pending += emoji;
  state.pos += found[0].length;
  return true;
});
