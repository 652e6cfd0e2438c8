import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { parse } from "@/lib/contract/markdown/parse";
import { MessageBody } from "./message-body";
import { Parser } from "./parser";

const html = (body: string) =>
  renderToStaticMarkup(
    <Parser value={parse}>
      <MessageBody body={body} />
    </Parser>,
  );

// XSS payloads from the usual collections.
const attacks = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<svg/onload=alert(1)>",
  "<iframe src='javascript:alert(1)'></iframe>",
  "<a href='javascript:alert(1)'>x</a>",
  "<style>*{background:url(//evil)}</style>",
  "<!--<img src=x onerror=alert(1)>-->",
  "<details open ontoggle=alert(1)>",
  "<math><mtext></table><mglyph><style><img src=x onerror=alert(1)>",
  "[x](javascript:alert(1))",
  "[x](JAVASCRIPT:alert(1))",
  "[x]( javascript:alert(1))",
  "[x](java&#115;cript:alert(1))",
  "[x](&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A&#x61)",
  "[x](javascript&colon;alert(1))",
  "[x](\u0001javascript:alert(1))",
  "[x](<java\nscript:alert(1)>)",
  "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
  "[x](vbscript:msgbox(1))",
  "[x](blob:https://a/b)",
  "[x](file:///etc/passwd)",
  "![x](javascript:alert(1))",
  "![x](data:image/svg+xml,<svg onload=alert(1)>)",
  '![x](https://a.example/x.png" onerror="alert(1))',
  '[x](https://a.example "onmouseover=alert(1)")',
  '[x](https://a.example/"onmouseover="alert(1))',
  "<javascript:alert(1)>",
  "<https://a.example/'onclick='alert(1)>",
  'https://a.example/"onmouseover="alert(1)',
  '```"><script>alert(1)</script>\nx\n```',
  "```js onload=alert(1)\n</code></pre><script>alert(1)</script>\n```",
  "`<script>alert(1)</script>`",
  "||<script>alert(1)</script>||",
  "|<script>alert(1)</script>|b|\n|-|-|\n|<img src=x onerror=alert(1)>|2|",
  "# <script>alert(1)</script>",
  "> <script>alert(1)</script>",
  "1. <script>alert(1)</script>",
  "[<script>alert(1)</script>](https://a.example)",
  "[a]: javascript:alert(1)\n\n[a]",
  "https://a.example/<script>alert(1)</script>",
  "\\<script>alert(1)\\</script>",
];

// The elements and attributes that we render. Anything else was added by an attack.
const elements =
  /^\/?(div|p|br|strong|em|del|code|pre|a|bdi|span|button|blockquote|ul|ol|li|hr|table|thead|tbody|tr|th|td|svg|path|rect)$/;
const attributes =
  /^(class|dir|href|title|target|rel|type|aria-[a-z]+|data-[a-z-]+|tabindex|tabIndex|role|scope|start|inert|xmlns|width|height|viewBox|fill|stroke|stroke-[a-z]+|d|x|y|rx|ry)$/;

describe("a message cannot run code or add elements of its own", () => {
  it.each(attacks)("%s", (attack) => {
    const out = html(attack);
    for (const [, name, inside] of out.matchAll(/<(\/?[a-zA-Z!-]+)((?:\s+[^\s=>"]+(?:="[^"]*")?)*)\s*\/?>/g)) {
      expect(name).toMatch(elements);
      for (const [, attribute] of (inside ?? "").matchAll(/\s+([^\s=>"]+)(?:="[^"]*")?/g))
        expect(attribute).toMatch(attributes);
    }
    for (const [, href] of out.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(/^(https?:\/\/|mailto:)/);
    // Every < begins an element that was checked above.
    expect(out.match(/</g)?.length).toBe([...out.matchAll(/<\/?[a-z]+[\s>/]/g)].length);
  });
});

/** Repeats a piece up to the longest allowed length of a message: 16,000 characters. */
const repeated = (piece: string) => piece.repeat(16_000 / piece.length);
const table = (columns: number, rows: number) =>
  `|${"a|".repeat(columns)}\n|${"-|".repeat(columns)}\n${"|\n".repeat(rows)}\n`;
const pieces = [
  [
    ">",
    "> ",
    "> > - ",
    ">\n",
    "> - > - > - a\n\n",
    "- ",
    "1. ",
    "1)\n",
    "-\n",
    "  - a\n",
    "- [ ] a\n",
    "\t- ",
    "# a\n",
  ],
  ["[", "![", "[`", "](", "[a](", "![a](", "[a](b", '[a](b "', "[a](<b", "[a](http://b.c)", "[a.com](http://b.com) "],
  ["**", "**a ", "*_", "*a _b ", "*a `x ", "***a ", "*a**b", "~~a ", "a**bc* ", "||a", "||*a", "||a|| "],
  ["`", "`a", "`a``b", "`` ` ", "```\n", "```\na\n```\n", "~~~\n", "<", "<a ", "<http://", "\\", "\\\n", "&amp;"],
  [
    ":a",
    ":tada:",
    "😀",
    "👨‍👩‍👧‍👦",
    "a\u0301",
    "\u0301",
    "\u200D",
    "\u202E",
    "e\u200B",
    "\n",
    "a\n",
    "a  \n",
    "---\n",
    "===\n",
  ],
  ["http://", "https://a.b/ ", "=https://a.b/", "а///|-|a.com", "a.com ", "a.com,", "а.com ", "a@b.co ", "a@", "a@b."],
  ["www.", "//a", "mailto:a@b.co ", "http://a.com/((((", "http://[", "http://xn--", "a.b.c.d.", "\u3002com "],
  ["|", "|a", "|\n", "|-", "a|b\n", "|a|b|\n|-|-|\n|a\n\n", table(2, 3_000), table(60, 31), table(128, 14)],
  [table(500, 150), table(1_000, 2), table(30, 60), table(128, 14).replace(/^/gm, "> ")],
]
  .flat()
  .map((piece) => [piece.slice(0, 40), piece] as const);

describe("hostile text", () => {
  it.each(pieces)("%j, repeated, renders within a second, in less than 5,000 elements", (_name, piece) => {
    const body = repeated(piece);
    // CPU time, so that the test also passes on a busy machine. A parser with quadratic time would take many seconds.
    const before = process.cpuUsage();
    const out = html(body);
    expect(process.cpuUsage(before).user / 1_000, "milliseconds").toBeLessThan(1_000);
    expect(out.match(/<[a-z]/g)?.length ?? 0, "elements").toBeLessThan(5_000);
  });
  it("renders runs of backticks of every length within a second", () => {
    const before = process.cpuUsage();
    html(Array.from({ length: 178 }, (_, at) => "`".repeat(at)).join("a"));
    expect(process.cpuUsage(before).user / 1_000, "milliseconds").toBeLessThan(1_000);
  });
});

describe("a message on the page", () => {
  it("opens links in a new tab, without a referrer or an opener", () => {
    expect(html("https://example.com")).toContain('target="_blank" rel="noopener noreferrer nofollow ugc"');
  });
  it("shows the real host next to a link whose text claims another", () => {
    expect(html("[https://bank.com](https://evil.example)")).toContain("(evil.example)");
  });
  it("shows that host once, and none next to an honest text", () => {
    expect(html("[bank.com](https://evil.example)").match(/evil\.example\)/g)).toHaveLength(1);
    expect(html("[our docs](https://example.com) https://example.com")).not.toContain("(example.com)");
  });
  it("keeps the lines and marks of a message that is too large to parse", () => {
    const body = `**a**  b\n${"c\n".repeat(8_000)}`;
    expect(html(body)).toMatch(/^<div[^>]*><p[^>]*>\*\*a\*\* {2}b\nc\n/);
  });
  it.each(["ش".repeat(16_000), `\`${"ش".repeat(15_000)}\``, `${"🎉".repeat(600)}${"a\n".repeat(5_000)}`])(
    "can break a text without spaces every 500 characters, and shows the same text",
    (body) => {
      const shown = html(body).replace(/<(?!wbr)[^>]*>/g, "");
      for (const part of shown.split("<wbr/>")) expect(part).not.toMatch(/\S{501}/u);
      expect(shown.replaceAll("<wbr/>", "").trim()).toBe(body.replaceAll("`", "").trim());
    },
  );
  it("adds no breaks to ordinary words", () => {
    expect(html("a few words ".repeat(200))).not.toContain("wbr");
  });
  it("decides the direction of each paragraph on its own", () => {
    expect(html("شكراً\n\nthanks").match(/dir="auto"/g)).toHaveLength(2);
  });
  it("decides the direction of a quote or item once, for its text and its bar or marker", () => {
    expect(html("> شكراً").match(/dir="auto"/g)).toHaveLength(1);
    expect(html("- ثانية\n1. قائمة").match(/dir="auto"/g)).toHaveLength(2);
  });
  it("hides a spoiler from screen readers too", () => {
    expect(html("||secret||")).toMatch(/aria-label="Show spoiler".*aria-hidden="true"[^>]*>secret/);
  });
  it("fetches no pictures", () => {
    expect(html("![cat](https://example.com/c.png)")).not.toContain("<img");
  });
});
