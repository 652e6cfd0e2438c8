import { expect, it } from "vitest";
import { plainText } from "./plain-text";

it.each([
  ["**bold** and [link](https://example.com)", "bold and link"],
  ["one\ntwo\n\nthree", "one two three"],
  ["> said\n\n- a\n- b", "said a, b"],
  ["```ts\nlet a = 1\n```", "let a = 1"],
  ["the end: ||he dies||", "the end: ▒▒▒"],
  [":tada: <b>", "🎉 <b>"],
  ["|a|b|\n|-|-|\n|1|2|", "a b 1 2"],
])("%j reads %j", (body, text) => expect(plainText(body)).toBe(text));

it("is cut at the end, never through a sign", () => {
  expect(plainText("abcdef", 4)).toBe("abc…");
  expect(plainText("ab🎉cd", 4)).toBe("ab…");
});
