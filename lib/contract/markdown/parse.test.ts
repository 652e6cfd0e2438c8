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
      deceptive: false,
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
  it("says where a link leads when its text says something else", () => {
    expect(link("[https://bank.com](https://evil.example)")).toMatchObject({ deceptive: true, host: "evil.example" });
    expect(link("[**bank.com**](https://evil.example)")).toMatchObject({ deceptive: true });
    expect(link("[in](https://bank.com@evil.example/x)")).toMatchObject({ deceptive: true, host: "evil.example" });
    expect(link("[www.bank.com](https://bank.com/in)")).toMatchObject({ deceptive: false });
    expect(link("[the report](https://example.com)")).toMatchObject({ deceptive: false });
  });
  it("takes signs that turn or hide text out of a link's text", () => {
    const found = link("[moc.\u202Eknab\u200B\u2066](https://evil.example)");
    expect(found?.type === "link" && textOf(found.children)).toBe("moc.knab");
  });
  it("shows names in other scripts as what they are", () => {
    expect(link("https://аpple.com")).toMatchObject({ host: "xn--pple-43d.com" });
  });
  it("makes a picture a link, so that nothing is fetched", () => {
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
  ])("%s again and again is read within a second", (_name, body) => {
    // Time on the processor: a busy machine must not fail this.
    const before = process.cpuUsage();
    parse(body);
    const { user } = process.cpuUsage(before);
    expect(user / 1_000).toBeLessThan(1_000);
  });
  it("shows a table of too many cells as text", () => {
    const body = `|${"a|".repeat(300)}\n|${"-|".repeat(300)}\n${"|a\n".repeat(50)}`;
    expect(parse(body).blocks).toMatchObject([{ type: "code", text: body.trimEnd() }]);
  });
  it("shows the text itself when it is nested out of sight", () => {
    const body = `${">".repeat(50)} hello`;
    expect(JSON.stringify(parse(body))).toContain("hello");
  });
});
