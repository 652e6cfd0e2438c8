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
