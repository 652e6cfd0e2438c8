import { describe, expect, it } from "vitest";
import { parse } from "./parse";
import { type Inline, textOf } from "./tree";

const line = (body: string): Inline[] => {
  const [block] = parse(body).blocks;
  if (block?.type !== "paragraph") throw new Error(`not a paragraph: ${JSON.stringify(block)}`);
  return block.children;
};
const link = (body: string) => line(body).find((inline) => inline.type === "link");

describe("what people type", () => {
  it("keeps every line break", () => {
    expect(line("one\ntwo").map((inline) => inline.type)).toEqual(["text", "break", "text"]);
  });
  it("knows strong, emphasis, strikethrough, code and spoilers, one inside the other", () => {
    const kinds = line("**a** *b* ~~c~~ `d` ||e **f**||").map((inline) => inline.type);
    expect(kinds.filter((kind) => kind !== "text")).toEqual(["strong", "em", "del", "code", "spoiler"]);
  });
  it("begins a spoiler inside a word, and leaves a lone || alone", () => {
    expect(line("a||b||c").map((inline) => inline.type)).toEqual(["text", "spoiler", "text"]);
    expect(textOf(line("a || b"))).toBe("a || b");
    expect(textOf(line("||||"))).toBe("||||");
  });
  it("turns the common shortcodes into emoji, and leaves times and unknown ones alone", () => {
    expect(textOf(line(":tada: at 10:30:45 :nosuch: :constructor:"))).toBe("🎉 at 10:30:45 :nosuch: :constructor:");
    expect(textOf(line("`:tada:`"))).toBe(":tada:");
  });
  it("does not take away what looks like a definition, an entity or an underline", () => {
    expect(textOf(line("[note]: https://example.com"))).toBe("[note]: https://example.com");
    expect(textOf(line("&lt; &amp;"))).toBe("&lt; &amp;");
    expect(parse("text\n---").blocks.map((block) => block.type)).toEqual(["paragraph", "rule"]);
  });
  it("shows HTML as what was typed", () => {
    expect(textOf(line("<b>hi</b>"))).toBe("<b>hi</b>");
  });
  it("reads tasks, numbered lists, tables and named code", () => {
    const [tasks, numbers, table, code] = parse(
      "- [ ] a\n- [x] b\n\ntext\n\n3. c\n\n|a|b|\n|-|:-:|\n|1|2|\n\n```sync.ts\nx\n```",
    ).blocks.filter((block) => block.type !== "paragraph");
    expect(tasks?.type === "list" && tasks.items.map((item) => item.done)).toEqual([false, true]);
    expect(numbers?.type === "list" && numbers.start).toBe(3);
    expect(table?.type === "table" && table.align).toEqual([undefined, "center"]);
    expect(code).toEqual({ type: "code", label: "sync.ts", language: "ts", text: "x" });
  });
});

describe("emoji alone", () => {
  it.each(["🎉", ":tada:", "👍🏽 👩‍🚀 🇨🇭", "❤️", "👨‍👩‍👧‍👦"])("%s is large", (body) =>
    expect(parse(body).big).toBe(true),
  );
  it.each(["🎉🎉🎉🎉", "hi 🎉", "123", "©", "", "**🎉**"])("%s is not", (body) => expect(parse(body).big).toBe(false));
});

describe("links", () => {
  it("finds addresses, with or without https, but not files", () => {
    expect(link("see https://example.com/a?b=c.")).toMatchObject({
      href: "https://example.com/a?b=c",
      beside: null,
    });
    expect(link("example.com")).toMatchObject({ host: "example.com" });
    for (const file of ["README.md", "main.rs", "deploy.sh", "sync.ts"]) expect(link(file)).toBeUndefined();
  });
  it.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.example",
    "/settings",
    "java\tscript:x",
  ])("does not link to %s", (target) => {
    expect(link(`[x](${target})`)).toBeUndefined();
    expect(link(`[x](<${target}>)`)).toBeUndefined();
  });
  it("says where a link leads when its text says something else, through marks in it too", () => {
    expect(link("[https://bank.com](https://evil.example)")).toMatchObject({ beside: "evil.example" });
    expect(link("[**bank.com**](https://evil.example)")).toMatchObject({ beside: "evil.example" });
    expect(link("[bank\u200B.com](https://evil.example)")).toMatchObject({ beside: "evil.example" });
    expect(link("[bank`.com`](https://evil.example)")).toMatchObject({ beside: "evil.example" });
    expect(link("![bank.com](https://evil.example/x.png)")).toMatchObject({ beside: "evil.example" });
    expect(link("[in](https://bank.com@evil.example/x)")).toMatchObject({ beside: "evil.example" });
    expect(link("[the report](https://example.com)")).toMatchObject({ beside: null, host: "example.com" });
  });
  it("takes signs that turn or hide text out of a link's text", () => {
    const found = link("[moc.\u202Eknab\u200B\u2066](https://evil.example)");
    expect(found?.type === "link" && textOf(found.children)).toBe("moc.knab");
  });
  it("shows names in other scripts as what they are", () => {
    expect(link("https://аpple.com")).toMatchObject({ beside: "xn--pple-43d.com" });
  });
  it("makes a picture a link, so that nothing is fetched", () => {
    expect(link("![cat](https://example.com/c.png)")).toMatchObject({
      type: "link",
      href: "https://example.com/c.png",
    });
  });
});

describe("hostile text", () => {
  it("shows a table of too many cells as text", () => {
    const body = `|${"a|".repeat(60)}\n|${"-|".repeat(60)}\n${"|a\n".repeat(50)}`;
    expect(parse(body).blocks).toMatchObject([{ type: "code", text: body.trimEnd() }]);
  });
  it("makes none of the cells when a message asks for more than anybody could read", () => {
    const table = `|${"a|".repeat(300)}\n|${"-|".repeat(300)}\n${"|a\n".repeat(50)}`;
    for (const body of [table, table.replace(/^/gm, "> "), `${table}|-|\n|a|\n`])
      expect(parse(body)).toEqual({ blocks: [{ type: "typed", text: body }], big: false });
  });
  it("does not take drawn lines for tables of many cells", () => {
    const drawn = `${"+----".repeat(12)}+\n${"| ab ".repeat(12)}|\n`.repeat(40);
    expect(parse(drawn).blocks).not.toMatchObject([{ type: "typed" }]);
  });
  it("shows what has more parts than a page can bear as it was typed", () => {
    const body = "a\n".repeat(8_000);
    expect(parse(body).blocks).toEqual([{ type: "typed", text: body }]);
    expect(parse("- one of many\n".repeat(700)).blocks).toMatchObject([{ type: "list" }]);
  });
  it("finds an address of 1,900 characters, and beside one that is too long", () => {
    const long = `https://example.com/?${"a".repeat(1_880)}`;
    expect(link(`see ${long} now`)).toMatchObject({ href: long });
    expect(link(`${long.repeat(2)} then example.com`)).toMatchObject({ href: "http://example.com" });
  });
  it("shows the text itself when it is nested out of sight", () => {
    const body = `${">".repeat(50)} hello`;
    expect(parse(body).blocks).toEqual([{ type: "typed", text: body }]);
  });
});
