// No typed character may vanish, move or change, unless it is markup that took effect.
import { expect, test } from "vitest";
import { parse } from "./parse";
import { randomText } from "./random-text";
import type { Block, Inline } from "./tree";

interface Leaf {
  at: number;
  length: number;
  text: string;
}

/** Every handle means somebody. */
const everything = (_: string, typed: string): string => typed;

/** Every piece of text that is shown, in the order of the page. */
function leavesOf(blocks: readonly Block[]): Leaf[] {
  return blocks.flatMap((block): Leaf[] => {
    switch (block.type) {
      case "paragraph":
      case "heading":
        return block.children.flatMap(inlineLeaves);
      case "quote":
        return leavesOf(block.children);
      case "list":
        return block.items.flatMap(({ marker, at, children }) => [
          ...(marker ? [{ at, length: marker.length, text: marker }] : []),
          ...leavesOf(children),
        ]);
      case "code": {
        const label = block.label ? [{ at: block.labelAt, length: block.label.length, text: block.label }] : [];
        const texts = block.text.split("\n");
        expect(texts).toHaveLength(Math.max(1, block.lines.length));
        const lines = block.lines.map(({ from, to }, line) => ({
          at: from,
          length: to - from,
          text: texts[line] as string,
        }));
        return [...label, ...lines];
      }
      case "table":
        return [block.head, ...block.rows].flat(2).flatMap(inlineLeaves);
      case "typed":
        return [{ at: 0, length: block.text.length, text: block.text }];
      case "rule":
      case "gap":
        return [];
    }
  });
}

function inlineLeaves(inline: Inline): Leaf[] {
  if (inline.type === "break") return [];
  if (inline.type === "emoji") return [inline];
  if ("text" in inline) return [{ at: inline.at, length: inline.text.length, text: inline.text }];
  return inline.children.flatMap(inlineLeaves);
}

const emoji = /^:[a-z0-9_+-]{1,30}:$/;
/** Text that may be left out between two leaves: markup and spaces. `check` counts the marks. */
const markup =
  /^(?:\s|\p{Default_Ignorable_Code_Point}|[*_~|`>\\]|!?\[|\]\((?:https?:\/\/|mailto:)[^\s<>"`]*\)|#{1,3}(?=\s|$)|[-*](?=\s|$)|\[[ xX]\](?=\s|$)|---|:?-+:?(?=\s*(?:\||$)))+$/u;

/** Fails unless the leaves cover the body in order, except for markup that took effect. */
function check(body: string): void {
  const { blocks } = parse(body, everything);
  const say = (what: string) => `${what} ${JSON.stringify(body)}`;
  let end = 0;
  const leftOut = new Set<number>();
  const leaveOut = (to: number) => {
    const gap = body.slice(end, to);
    if (gap !== "" && !markup.test(gap)) expect(gap, say("lost of")).toMatch(markup);
    // The marks in a link's target are not counted.
    const marks = gap.replace(/\]\((?:https?:\/\/|mailto:)[^\s<>"`]*\)/g, (target) => " ".repeat(target.length));
    for (let at = end; at < to; at++) if (marks[at - end] !== " ") leftOut.add(at);
  };
  for (const { at, length, text } of leavesOf(blocks)) {
    if (at < end) expect(at, say("moved in")).toBeGreaterThanOrEqual(end);
    const typed = body.slice(at, at + length);
    leaveOut(at);
    end = emoji.test(typed) ? at + length : endOf(body, at, text);
    if (end < 0) expect(text, say("changed in")).toBe(typed);
  }
  leaveOut(body.length);
  checkShown(body, blocks, say);
  const countLeftOut = (chars: string) => [...leftOut].filter((at) => chars.includes(body[at] as string)).length;
  const has = counted(blocks);
  const bullets = has.bullets.filter((at) => body[at] === "*").length;
  const stars = 2 * has.em + 4 * has.strong + bullets;
  if (countLeftOut("*_") !== stars) expect(countLeftOut("*_"), say("stars of")).toBe(stars);
  if (countLeftOut("~") !== 4 * has.del) expect(countLeftOut("~"), say("tildes of")).toBe(4 * has.del);
  if (!has.table && countLeftOut("|") !== 4 * has.spoiler)
    expect(countLeftOut("|"), say("bars of")).toBe(4 * has.spoiler);
  const escapes = [...leftOut].filter((at) => body[at] === "\\");
  if (escapes.length > 0) checkEscapes(body, escapes, say);
}

/** Fails if a node shows no text, or if a space is missing from a paragraph outside quotes and lists. */
function checkShown(body: string, blocks: readonly Block[], say: (what: string) => string, outer = true): void {
  for (const [place, block] of blocks.entries()) {
    if (block.type === "quote") checkShown(body, block.children, say, false);
    if (block.type === "list") block.items.forEach(({ children }) => checkShown(body, children, say, false));
    if (block.type !== "paragraph" && block.type !== "heading") continue;
    if (hasEmpty(block.children)) expect.unreachable(say("markup that shows nothing in"));
    if (!outer || block.type === "heading") continue;
    const leaves = block.children.flatMap(inlineLeaves);
    leaves.forEach(({ at }, index) => {
      const last = leaves[index - 1];
      // This paragraph may begin in the middle of a line, after a closing fence.
      if (!last && blocks[place - 1]?.type === "code") return;
      const between = body.slice(last ? last.at + last.length : body.lastIndexOf("\n", at - 1) + 1, at);
      if (/[ \t]/.test(between.replace(/\]\(\S*\)/g, ""))) expect.unreachable(say(`space left out before ${at} in`));
    });
  }
}

const hasEmpty = (inlines: readonly Inline[]): boolean =>
  inlines.flatMap(inlineLeaves).length === 0 || inlines.some((one) => "children" in one && hasEmpty(one.children));

/** Fails if a left-out backslash escaped nothing. Removing it from the body must turn the next character into markup. */
function checkEscapes(body: string, escapes: number[], say: (what: string) => string): void {
  const dropped = new Set(escapes);
  const without = Array.from(body.split(""))
    .filter((_, at) => !dropped.has(at))
    .join("");
  const shown = new Set<number>();
  const note = (inline: Inline): void => {
    if (inline.type === "text") for (let at = 0; at < inline.text.length; at++) shown.add(inline.at + at);
    if ("children" in inline) inline.children.forEach(note);
  };
  const walk = (blocks: readonly Block[]): void =>
    blocks.forEach((block) => {
      if (block.type === "paragraph" || block.type === "heading") block.children.forEach(note);
      if (block.type === "quote") walk(block.children);
      if (block.type === "list") block.items.forEach(({ children }) => walk(children));
      if (block.type === "table") [block.head, ...block.rows].flat(2).forEach(note);
    });
  walk(parse(without, everything).blocks);
  escapes.forEach((at, index) => {
    if (shown.has(at - index)) expect.unreachable(say(`the backslash at ${at} vanished but escapes nothing in`));
  });
}

function counted(blocks: readonly Block[]) {
  const has = { em: 0, strong: 0, del: 0, spoiler: 0, table: false, bullets: [] as number[] };
  const inline = (one: Inline): void => {
    if (one.type === "em" || one.type === "strong" || one.type === "del" || one.type === "spoiler") has[one.type]++;
    if ("children" in one) one.children.forEach(inline);
  };
  const walk = (some: readonly Block[]): void =>
    some.forEach((block) => {
      if (block.type === "paragraph" || block.type === "heading") block.children.forEach(inline);
      if (block.type === "quote") walk(block.children);
      if (block.type === "list") {
        for (const { marker, at, children } of block.items) {
          if (marker === null) has.bullets.push(at);
          walk(children);
        }
      }
      if (block.type === "table") {
        has.table = true;
        [block.head, ...block.rows].flat(2).forEach(inline);
      }
    });
  walk(blocks);
  return has;
}

/** The index at which the shown `text` ends in the body, skipping zero-width characters. -1 if the body has a different text. */
function endOf(body: string, at: number, text: string): number {
  let end = at;
  for (const char of text) {
    while (!body.startsWith(char, end) && /[\p{Cf}]/u.test(body[end] ?? "")) end++;
    if (!body.startsWith(char, end)) return -1;
    end += char.length;
  }
  return end;
}

const fixedCases = [
  String.raw`\\fileserver\share\[team]\_old`,
  String.raw`\d+\.\d+`,
  "```SELECT * FROM orders\nWHERE id = 7```",
  "```SELECT * FROM orders\nWHERE id = 7\n```",
  "> ```\ncode\n```\nafter",
  "   first indent\n\n\n\nafter several   spaces",
  "**重要。**请注意",
  "5*3*2=30",
  "a || b && c || d",
  "7. seven\n5. five\n9. nine",
  "| a | b |\n|---|---|\n| `a|b` | 2 | 3 |",
  "> Can you come?\nYes, I can.",
  "https://my_bucket.example.com/x",
  "#",
  "> #",
  "[](https://example.org)",
  "#1 is next",
  ">_<  >5",
  "1.",
  "__init__ ~5~ 2*(3+4)*5 a||b||c *.test.*",
  "API**重点**吧 **중요**는",
  String.raw`\*a\* ¯\_(ツ)_/¯`,
  "Try: ```a\nb``` ok?",
  "- a\n  - b\n    1. c\n  more\nout",
  "[in](https://example.org/a_(b)) and https://my_bucket.x/a_b).",
  ":tada: at 10:30:45 :nosuch:",
  "***",
  "---\n***\n+ plus",
  "```ts\nlet a\n```",
  "```sync.ts\nlet a\n```",
  "&lt; &amp; <b>hi</b>",
  "[note]: https://example.com",
  "text\n---",
  "![cat](https://example.com/c.png)",
  String.raw`\# no \> no` + "\n" + String.raw`\# heading` + "\n" + String.raw`1\. one`,
  "--force and -- and - ",
  "*a **b* c**",
  "`a` ``b ` c`` `d",
  "* a\n*b*\n-c",
  "> > deep\n> back\n>bare\n>\n> more",
  String.raw`@ada \@bo a@b.example @陈思远你好 **@cy** [@no](https://example.org)`,
];

test.each(fixedCases)("Nothing vanishes of %j", (body) => check(body));

test("Nothing vanishes of 10,000 random texts", { timeout: 60_000 }, () => {
  for (let seed = 1; seed <= 10_000; seed++) {
    check(randomText(seed));
  }
});
