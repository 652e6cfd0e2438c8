import { expect, test } from "vitest";
import { match } from "./match";

test("the start of a name is better than the start of a word, which is better than its inside", () => {
  expect(match("developer", "de")).toEqual({ at: 0, rank: 0 });
  expect(match("trading-desk", "de")).toEqual({ at: 8, rank: 1 });
  expect(match("model", "de")).toEqual({ at: 2, rank: 2 });
  expect(match("general", "xyz")).toBeNull();
});

test("case and accents do not matter, and places stay true", () => {
  expect(match("Le Café Noir", "cafe n")).toEqual({ at: 3, rank: 1 });
  expect(match("上海节点", "节")).toEqual({ at: 2, rank: 2 });
});
