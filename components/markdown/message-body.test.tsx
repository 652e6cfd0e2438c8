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

// Every way we know to make a page run somebody else's code, from the usual collections.
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

// Our own elements and attributes; whatever an attack adds falls outside.
const elements =
  /^\/?(div|p|br|strong|em|del|code|pre|a|bdi|span|button|blockquote|ul|ol|li|hr|table|thead|tbody|tr|th|td|svg|path|rect)$/;
const attributes =
  /^(class|dir|href|title|target|rel|type|aria-[a-z]+|data-[a-z-]+|tabindex|tabIndex|role|scope|start|inert|xmlns|width|height|viewBox|fill|stroke|stroke-[a-z]+|d|x|y|rx|ry)$/;

describe("nothing that is written runs", () => {
  it.each(attacks)("%s", (attack) => {
    const out = html(attack);
    for (const [, name, inside] of out.matchAll(/<(\/?[a-zA-Z!-]+)((?:\s+[^\s=>"]+(?:="[^"]*")?)*)\s*\/?>/g)) {
      expect(name).toMatch(elements);
      for (const [, attribute] of (inside ?? "").matchAll(/\s+([^\s=>"]+)(?:="[^"]*")?/g))
        expect(attribute).toMatch(attributes);
    }
    for (const [, href] of out.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(/^(https?:\/\/|mailto:)/);
    // Every < begins an element we counted.
    expect(out.match(/</g)?.length).toBe([...out.matchAll(/<\/?[a-z]+[\s>/]/g)].length);
  });
});

describe("a message on the page", () => {
  it("opens links elsewhere, without telling who came from where", () => {
    expect(html("https://example.com")).toContain('target="_blank" rel="noopener noreferrer nofollow ugc"');
  });
  it("writes the true host beside a text that claims another", () => {
    expect(html("[https://bank.com](https://evil.example)")).toContain("(evil.example)");
  });
  it("finds the direction of every paragraph by itself", () => {
    expect(html("شكراً\n\nthanks").match(/dir="auto"/g)).toHaveLength(2);
  });
  it("hides a spoiler from screen readers too", () => {
    expect(html("||secret||")).toMatch(/aria-label="Show spoiler".*aria-hidden="true"[^>]*>secret/);
  });
  it("fetches no picture", () => {
    expect(html("![cat](https://example.com/c.png)")).not.toContain("<img");
  });
});
