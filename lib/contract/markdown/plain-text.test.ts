import { expect, it } from "vitest";
import { parse } from "./parse";
import { plainBeginning, plainText } from "./plain-text";

it.each([
  ["**bold** and [link](https://example.com)", "bold and link"],
  ["one\ntwo\n\nthree", "one two three"],
  ["> said\n\n- a\n- b", "said • a • b"],
  ["7. a\n5. b", "7. a 5. b"],
  ["- [ ] a\n- [x] b", "☐ a ☑ b"],
  ["```ts\nlet a = 1\n```", "let a = 1"],
  ["the end: ||he dies||", "the end: (spoiler)"],
  [":tada: <b>", "🎉 <b>"],
  ["|a|b|\n|-|-|\n|1|2|", "a b 1 2"],
  ["my_file_name.txt and __init__", "my_file_name.txt and __init__"],
  ["[https://bank.example](https://evil.example)", "https://bank.example (evil.example)"],
])("%j reads %j", (body, text) => expect(plainText(parse(body))).toBe(text));

it("is cut at the end, never inside a grapheme", () => {
  const cut = (body: string, max: number) => plainText(parse(body), max);
  expect(cut("abcdef", 6)).toBe("abcdef");
  expect(cut("abcdef", 4)).toBe("abc…");
  expect(cut("ab🎉cd", 4)).toBe("ab…");
  expect(cut("ab👩‍👩‍👧‍👦cd", 8)).toBe("ab…");
  expect(cut("abe\u0301\u0302cd", 5)).toBe("ab…");
});

it("hides a spoiler whose end was cut off", () => {
  const read = (beginning: string) => plainBeginning(beginning, parse, 100);
  expect(read("The end: ||he dies and then")).toBe("The end: (spoiler)");
  expect(read("`||` The end: ||he dies ")).toBe("|| The end: (spoiler)");
  expect(read("||a|| and b")).toBe("(spoiler) and b");
  expect(read("a || b")).toBe("a || b");
});
