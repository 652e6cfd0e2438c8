import { expect, it } from "vitest";
import { WeightedCache } from "./weighted-cache";

it("evicts the least recently used answers when it is full", () => {
  const kept = new WeightedCache<number>(100);
  kept.set("a", 1, 40);
  kept.set("b", 2, 40);
  expect(kept.get("a")).toBe(1);
  kept.set("c", 3, 40);
  expect([kept.get("a"), kept.get("b"), kept.get("c")]).toEqual([1, undefined, 3]);
});

it("counts the size of an answer once when it is set again", () => {
  const kept = new WeightedCache<number>(100);
  for (let at = 0; at < 5; at++) kept.set("a", at, 60);
  kept.set("b", 1, 40);
  expect([kept.get("a"), kept.get("b")]).toEqual([4, 1]);
});

it("does not store an answer larger than the cache", () => {
  const kept = new WeightedCache<number>(100);
  kept.set("a", 1, 101);
  expect(kept.get("a")).toBeUndefined();
});
