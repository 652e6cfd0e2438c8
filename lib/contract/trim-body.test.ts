import { expect, test } from "vitest";
import { trimBody } from "./trim-body";

test.each([
  ["\n \n  a\n\nb \n\n", "  a\n\nb"],
  ["    indented", "    indented"],
  [" \t\n ", ""],
  ["a", "a"],
])("%j is sent as %j", (typed, sent) => {
  expect(trimBody(typed)).toBe(sent);
});

test.each([["\n"], [" "], [" \n"], ["\u3000\n"], ["@:#\n"], ["a\n\n "]])(
  "A text of 16,000 characters of %j is trimmed within a frame",
  (piece) => {
    const text = `${piece.repeat(16_000).slice(0, 15_999)}a`;
    const times = [1, 2, 3].map(() => {
      const begun = performance.now();
      trimBody(text);
      return performance.now() - begun;
    });
    expect(Math.min(...times)).toBeLessThan(10);
  },
);
