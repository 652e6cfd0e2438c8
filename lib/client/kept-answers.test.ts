import { expect, it } from "vitest";
import { KeptAnswers } from "./kept-answers";

it("forgets what was not looked at for longest once it weighs too much", () => {
  const kept = new KeptAnswers<number>(100);
  kept.set("a", 1, 40);
  kept.set("b", 2, 40);
  expect(kept.get("a")).toBe(1);
  kept.set("c", 3, 40);
  expect([kept.get("a"), kept.get("b"), kept.get("c")]).toEqual([1, undefined, 3]);
});

it("weighs what is set again once", () => {
  const kept = new KeptAnswers<number>(100);
  for (let at = 0; at < 5; at++) kept.set("a", at, 60);
  kept.set("b", 1, 40);
  expect([kept.get("a"), kept.get("b")]).toEqual([4, 1]);
});

it("keeps nothing that alone weighs too much", () => {
  const kept = new KeptAnswers<number>(100);
  kept.set("a", 1, 101);
  expect(kept.get("a")).toBeUndefined();
});
