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
  it("parses strong, emphasis, strikethrough, code and spoilers", () => {
    const kinds = line("**a** *b* ~~c~~ `d` ||e **f**||").map((inline) => inline.type);
    expect(kinds.filter((kind) => kind !== "text")).toEqual(["strong", "em", "del", "code", "spoiler"]);
  });
  it("leaves || between words alone", () => {
    expect(textOf(line("a || b"))).toBe("a || b");
    expect(textOf(line("||||"))).toBe("||||");
  });
  it("turns known shortcodes into emoji, and leaves times and unknown shortcodes alone", () => {
    expect(textOf(line(":tada: at 10:30:45 :nosuch: :constructor:"))).toBe("🎉 at 10:30:45 :nosuch: :constructor:");
    expect(textOf(line("`:tada:`"))).toBe(":tada:");
  });
  it("shows link definitions, entities and underlines as they were typed", () => {
    expect(textOf(line("[note]: https://example.com"))).toBe("[note]: https://example.com");
    expect(textOf(line("&lt; &amp;"))).toBe("&lt; &amp;");
    expect(parse("text\n---").blocks.map((block) => block.type)).toEqual(["paragraph", "rule"]);
  });
  it("shows HTML as it was typed", () => {
    expect(textOf(line("<b>hi</b>"))).toBe("<b>hi</b>");
  });
  it("reads tasks, numbered lists, tables and named code", () => {
    const [tasks, numbers, table, code] = parse(
      "- [ ] a\n- [x] b\n\ntext\n\n3. c\n\n|a|b|\n|-|:-:|\n|1|2|\n\n```sync.ts\nx\n```",
    ).blocks.filter((block) => block.type !== "paragraph");
    expect(tasks?.type === "list" && tasks.items.map((item) => item.done)).toEqual([false, true]);
    expect(numbers?.type === "list" && numbers.items.map((item) => item.marker)).toEqual(["3."]);
    expect(table?.type === "table" && table.align).toEqual([undefined, "center"]);
    expect(code).toMatchObject({ type: "code", label: "sync.ts", language: "ts", text: "x" });
  });
});

describe("a message of emoji only", () => {
  it.each(["🎉", ":tada:", "👍🏽 👩‍🚀 🇨🇭", "❤️", "👨‍👩‍👧‍👦"])("%s is large", (body) =>
    expect(parse(body).big).toBe(true),
  );
  it.each(["🎉🎉🎉🎉", "hi 🎉", "123", "©", "", "**🎉**"])("%s is not", (body) => expect(parse(body).big).toBe(false));
});

describe("links", () => {
  it("links addresses with and without https, but not file names", () => {
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
  it("shows the host of a link whose text claims another, even when the text has marks in it", () => {
    expect(link("[https://bank.com](https://evil.example)")).toMatchObject({ beside: "evil.example" });
    expect(link("[**bank.com**](https://evil.example)")).toMatchObject({ beside: "evil.example" });
    expect(link("[bank\u200B.com](https://evil.example)")).toMatchObject({ beside: "evil.example" });
    expect(link("[bank`.com`](https://evil.example)")).toMatchObject({ beside: "evil.example" });
    expect(link("![bank.com](https://evil.example/x.png)")).toMatchObject({ beside: "evil.example" });
    expect(link("[in](https://bank.com@evil.example/x)")).toMatchObject({ beside: "evil.example" });
    expect(link("[the report](https://example.com)")).toMatchObject({ beside: null, host: "example.com" });
  });
  it("removes direction controls and zero-width characters from a link's text", () => {
    const found = link("[moc.\u202Eknab\u200B\u2066](https://evil.example)");
    expect(found?.type === "link" && textOf(found.children)).toBe("moc.knab");
  });
  it("shows a look-alike name in punycode", () => {
    expect(link("https://аpple.com")).toMatchObject({ beside: "xn--pple-43d.com" });
  });
  it("shows a picture as a link, so that nothing is fetched", () => {
    expect(link("![cat](https://example.com/c.png)")).toMatchObject({
      type: "link",
      href: "https://example.com/c.png",
    });
  });
});

describe("hostile text", () => {
  const many = 10_000;
  it.each([
    [">", ">".repeat(many)],
    ["> ", "> ".repeat(many)],
    ["[", "[".repeat(many)],
    ["![", "![".repeat(many / 2)],
    ["](", "[a](".repeat(many / 4)],
    ["**", "**a ".repeat(many / 4)],
    ["*_", "*_".repeat(many / 2)],
    ["||", "||a".repeat(many / 3)],
    ["`", Array.from({ length: 140 }, (_, at) => "`".repeat(at)).join("a")],
    ["- ", "- ".repeat(many / 2)],
    ["<", "<a ".repeat(many / 3)],
    [":a", ":a".repeat(many / 2)],
    ["table", `|${"a|".repeat(500)}\n|${"-|".repeat(500)}\n${"|a\n".repeat(4000)}`],
    ["http://", "http://".repeat(many / 7)],
    ["a@", "a@".repeat(many / 2)],
    ["an escape", "\\*a ".repeat(many / 4)],
    ["a backslash that escapes nothing", "\\_".repeat(many / 2)],
    ["a link", "[a](https://e.org) ".repeat(many / 20)],
    ["an address with brackets", `https://e.org/${"(".repeat(many / 2)}${")".repeat(many / 2)}`],
    ["unmatched brackets", `https://e.org/${")".repeat(many)}`],
    ["a fence in a quote", "> ```\n".repeat(many / 6)],
    ["a fence in a line", "a ```\n".repeat(many / 6)],
    ["fences of all lengths", Array.from({ length: 140 }, (_, at) => `a${"`".repeat(143 - at)}\n`).join("")],
    ["a fence in an item", "- ```\n".repeat(many / 6)],
    ["an item", "- a\n".repeat(many / 4)],
    ["deeper items", Array.from({ length: 140 }, (_, at) => `${" ".repeat(at * 2)}- a\n`).join("")],
    ["blank lines", "a\n\n\n".repeat(many / 4)],
    ["a spoiler in code", "`||`||".repeat(many / 6)],
    ["CJK", "**重要。**请".repeat(many / 8)],
  ])("%s, repeated, is parsed within a second", (_name, body) => {
    // CPU time, so that a busy machine does not fail this.
    const before = process.cpuUsage();
    parse(body);
    const { user } = process.cpuUsage(before);
    expect(user / 1_000).toBeLessThan(1_000);
  });
  it("shows a table with too many cells as text", () => {
    const body = `|${"a|".repeat(60)}\n|${"-|".repeat(60)}\n${"|a\n".repeat(50)}`;
    expect(parse(body).blocks).toMatchObject([{ type: "code", text: body.trimEnd() }]);
  });
  it("shows the whole message as typed when its tables have far too many cells", () => {
    const table = `|${"a|".repeat(300)}\n|${"-|".repeat(300)}\n${"|a\n".repeat(50)}`;
    for (const body of [table, table.replace(/^/gm, "> "), `${table}|-|\n|a|\n`])
      expect(parse(body)).toEqual({ blocks: [{ type: "typed", text: body }], big: false });
  });
  it("does not count the lines of ASCII art as table cells", () => {
    const drawn = `${"+----".repeat(12)}+\n${"| ab ".repeat(12)}|\n`.repeat(40);
    expect(parse(drawn).blocks).not.toMatchObject([{ type: "typed" }]);
  });
  it("shows a message with more than 4,000 nodes as it was typed", () => {
    const body = "a\n".repeat(8_000);
    expect(parse(body).blocks).toEqual([{ type: "typed", text: body }]);
    expect(parse("- one of many\n".repeat(700)).blocks).toMatchObject([{ type: "list" }]);
  });
  it("links a very long address, and a domain next to a very long word", () => {
    const long = `https://example.com/?${"a".repeat(5_000)}`;
    expect(link(`see ${long} now`)).toMatchObject({ href: long });
    expect(link(`${"a.".repeat(1_500)} then example.com`)).toMatchObject({ href: "http://example.com" });
  });
  it("shows the text of a quote that is nested too deep", () => {
    const body = `${">".repeat(50)} hello`;
    expect(JSON.stringify(parse(body))).toContain("hello");
  });
});
