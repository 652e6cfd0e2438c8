import { expect, it } from "vitest";
import { looksLike, nameKey } from "./alike";
import { finder, isSameName } from "./find";
import { withoutPrefix } from "./fold";
import { oneLine, withoutHidden } from "./hidden";
import { searchText } from "./operation";

const composed = "Núñez";
const apart = composed.normalize("NFD");
const withHidden = Array.from(apart).join("\u200b");

it.each([
  ["one letter with its accent", composed],
  ["a letter and an accent", apart],
  ["a letter and an accent with an invisible character between them", withHidden],
])("A name is equal to itself, and finds itself, when it is written as %s", (_, written) => {
  expect(nameKey(written)).toBe(nameKey(composed));
  expect(looksLike(written, composed)).toBe(true);
  expect(isSameName(written, composed)).toBe(true);
  expect(withoutHidden(written)).toBe(composed);
  expect(searchText(100).parse(written)).toBe(composed);
  for (const other of [composed, apart, withHidden]) expect(finder(written)(other)?.rank).toBe(0);
});

it("Folding a text twice gives the same as folding it once", () => {
  // The first Unicode plane has every kind of character that folding changes.
  for (let code = 0; code <= 0xffff; code += 0x100) {
    const text = Array.from({ length: 0x100 }, (_, at) => String.fromCharCode(code + at)).join(" a");
    for (const fold of [nameKey, oneLine, withoutHidden])
      expect(fold(fold(text)), `U+${code.toString(16)}`).toBe(fold(text));
  }
});

it.each(["general", "#general", "@general", " # general", "##general", "\u200b#general"])(
  "%j looks for a room or somebody called general",
  (query) => {
    expect(withoutPrefix(query)).toBe("general");
    expect(finder(query)("general")?.rank).toBe(0);
  },
);

it("A digit finds the same digit of any other script", () => {
  expect(finder("2")("غرفة ٢")).not.toBeNull();
  expect(finder("٢")("room 2")).not.toBeNull();
});
