// The dialect by examples: what is typed, and what is shown of it. docs/markdown.md tells the rules.
import { expect, test } from "vitest";
import { parse } from "./parse";
import { type Block, type Inline, textOf } from "./tree";

const letters = { strong: "B", em: "I", del: "S", spoiler: "H" } as const;

function inlines(some: readonly Inline[]): string {
  return some
    .map((one) => {
      if (one.type === "break") return "⏎";
      if (one.type === "code") return `{C ${one.text}}`;
      if ("text" in one) return one.text;
      if (one.type === "link")
        return textOf(one.children) === one.href ? `{A ${one.href}}` : `{A ${inlines(one.children)} → ${one.href}}`;
      return `{${letters[one.type]} ${inlines(one.children)}}`;
    })
    .join("");
}

/** A body as it is shown, in one line: blocks behind each other, parted by ` / `. */
function shown(blocks: readonly Block[]): string {
  return blocks
    .map((block): string => {
      switch (block.type) {
        case "paragraph":
          return inlines(block.children);
        case "heading":
          return `{#${block.level} ${inlines(block.children)}}`;
        case "quote":
          return `{> ${shown(block.children)}}`;
        case "list":
          return block.items
            .map(
              ({ marker, done, children }) =>
                `{${marker ?? "•"}${done === undefined ? "" : done ? "☑" : "☐"} ${shown(children)}}`,
            )
            .join("");
        case "code":
          return `{CODE${block.label && ` ${block.label}`}: ${block.text.replaceAll("\n", "⏎")}}`;
        case "table":
          return `{T ${[block.head, ...block.rows].map((row) => row.map(inlines).join("|")).join("; ")}}`;
        case "rule":
          return "{---}";
        case "typed":
          return block.text;
        case "gap":
          return `{gap ${block.lines}}`;
      }
    })
    .join(" / ");
}

/** What is typed, and what is shown. Where both are the same, nothing is markup. */
const examples: [typed: string, result?: string][] = [
  // Marks.
  ["**b** *i* ***bi*** ~~s~~ ||h|| _i_", "{B b} {I i} {B {I bi}} {S s} {H h} {I i}"],
  ["**a *b* c**", "{B a {I b} c}"],
  ["__init__ ~5~ ****a**** ~~~x~~~"],
  ["5*3*2=30"],
  ["2*(3+4)*5"],
  ["a || b && c || d"],
  ["a||b||c"],
  ["*.test.*"],
  ["**b**text"],
  ["snake_case_name and my_file_name.txt"],
  ["/usr/*/lib /var/*/log"],
  ["API**重点**吧", "API{B 重点}吧"],
  ["**重要。**请注意", "{B 重要。}请注意"],
  ["**중요**는 _中_文", "{B 중요}는 {I 中}文"],
  ['(*a*), "**b**".', '({I a}), "{B b}".'],
  ["*a\nb*", "{I a⏎b}"],
  ["*a\n\nb*", "*a / b*"],
  ["** a** *a * * a*", "** a** {I a * * a}"],
  ["||||"],
  // Escapes.
  [String.raw`\*a\* \**b**`, "*a* **b**"],
  [String.raw`\\fileserver\share\[team]\_old`],
  [String.raw`\d+\.\d+ C:\new\*`],
  [String.raw`¯\_(ツ)_/¯`],
  ["\\`a` \\[a](https://e.org)", "`a` [a]({A https://e.org})"],
  [String.raw`\# a` + "\n" + String.raw`\> b` + "\n" + String.raw`\- c` + "\n" + String.raw`1\. d`, "# a⏎> b⏎- c⏎1. d"],
  // Code.
  ["`a|b` ``a ` b`` ` c ` `d", "{C a|b} {C a ` b} {C  c } `d"],
  ["```SELECT * FROM orders\nWHERE id = 7```", "{CODE: SELECT * FROM orders⏎WHERE id = 7}"],
  ["```SELECT * FROM orders\nWHERE id = 7\n```", "{CODE: SELECT * FROM orders⏎WHERE id = 7}"],
  ["```sql\nSELECT 1\n```", "{CODE sql: SELECT 1}"],
  ["```sync.ts\nlet a\n```\nafter", "{CODE sync.ts: let a} / after"],
  ["```hello\nworld\n```", "{CODE: hello⏎world}"],
  ["Try: ```a\nb``` ok?", "Try:  / {CODE: a⏎b} /  ok?"],
  ["```a```", "{CODE: a}"],
  ["say ```a``` now", "say {C a} now"],
  ["```\n  a\n\n\n  b\n```", "{CODE:   a⏎⏎⏎  b}"],
  ["```\nnever closed\n*a*", "{CODE: never closed⏎*a*}"],
  ["```code never closed"],
  ["```"],
  ["> ```\n> a\n> ```\nout", "{> {CODE: a}} / out"],
  [">```\nx\n```\nafter", "{> {CODE: x}} / after"],
  ["- ```\n  x\n  ```\n- y", "{• {CODE: x}}{• y}"],
  // Quotes and lists.
  ["> Can you come?\nYes, I can.", "{> Can you come?} / Yes, I can."],
  ["> a\n>\n> b\n> > c", "{> a / b / {> c}}"],
  [">_<\n>5\n> #", ">_<⏎>5 / {> #}"],
  ["7. a\n5. b\n9) c", "{7. a}{5. b}{9) c}"],
  ["1.\n-\n+ a\n#\n#1"],
  ["- a\n* b\n  - c\n    1. d\n  e\nf", "{• a}{• b / {• c / {1. d}} / e} / f"],
  ["- [ ] a\n- [x] b\n- [](x)", "{•☐ a}{•☑ b}{• [](x)}"],
  ["-5 degrees\n*b*", "-5 degrees⏎{I b}"],
  // Tables.
  ["| a | b |\n|---|:-:|\n| `x|y` | 2 | 3 |\n| **c** |", "{T a|b|; {C x|y}|2|3; {B c}||}"],
  ["a | b\nc | d"],
  ["| a | b |\n|---|\n| c |"],
  // Addresses and links.
  ["https://my_bucket.example.com/x_y_z", "{A https://my_bucket.example.com/x_y_z}"],
  ["(https://my_bucket.x/a_b).", "({A https://my_bucket.x/a_b})."],
  ["https://e.org/a_(b), http://localhost:3000?a=1*2!", "{A https://e.org/a_(b)}, {A http://localhost:3000?a=1*2}!"],
  ["看https://e.org/x。谢谢", "看{A https://e.org/x}。谢谢"],
  ["**https://e.org** ||https://e.org||", "{B {A https://e.org}} {H {A https://e.org}}"],
  [
    "[a *b*](https://e.org/(x)) [](https://e.org) [x](ftp://e.org)",
    "{A a {I b} → https://e.org/(x)} []({A https://e.org}) [x](ftp://e.org)",
  ],
  ["README.md main.rs e.org", "README.md main.rs {A e.org → http://e.org}"],
  // Headings and rules.
  ["# a\n## b ##\n#### c\n#d", "{#1 a} / {#2 b ##} / #### c⏎#d"],
  ["a\n---\n***\n- - -", "a / {---} / *** / {• {• -}}"],
  // Space.
  ["    a  b\n\tc\n\n\n\nd", "    a  b⏎\tc / {gap 2} / d"],
  ["&lt; &amp; <b>hi</b> [note]: x"],
  [":tada: 10:30:45 a:x:b :nosuch:", "🎉 10:30:45 a:x:b :nosuch:"],
];

test.each(examples)("%j", (typed, result = typed.replaceAll("\n", "⏎")) => {
  expect(shown(parse(typed).blocks)).toBe(result);
});
