import { expect, it } from "vitest";
import { parse } from "./parse";
import { plainText } from "./plain-text";
import { randomText } from "./random-text";
import { shownText } from "./shown-text";

it.each([
  ["**a** `b`\nc", "a b\nc"],
  ["one\n\ntwo", "one\n\ntwo"],
  ["one\n\n\n\ntwo", "one\n\n\n\ntwo"],
  ["```ts\nlet a\n\n  b\n```", "let a\n\n  b"],
  ["> a\n> b\nanswer", "> a\n> b\nanswer"],
  ["- a\n  - b\n7. c\n- [x] d", "• a\n  • b\n7. c\n☑ d"],
  ["|a|b|\n|-|-|\n|1|2|", "a\tb\n1\t2"],
  ["the end: ||he dies||", "the end: (spoiler)"],
])("%j is copied as %j", (body, text) => expect(shownText(parse(body))).toBe(text));

it("has the same characters as the one-line text, for 1,000 random texts", () => {
  const withoutSpaces = (text: string) => text.replace(/\s+/gu, "");
  for (let seed = 1; seed <= 1_000; seed++) {
    const body = parse(randomText(seed));
    // The clipboard adds marks to these.
    if (body.blocks.some(({ type }) => type === "quote" || type === "list" || type === "rule")) continue;
    expect(withoutSpaces(shownText(body))).toBe(withoutSpaces(plainText(body, Number.POSITIVE_INFINITY)));
  }
});
