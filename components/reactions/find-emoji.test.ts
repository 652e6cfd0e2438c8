import { expect, it } from "vitest";
import { emojis } from "./emoji-data";
import { findEmoji } from "./find-emoji";
import { toned } from "./toned";

const usual = ["👍", "🎉", "👀", "❤️", "✅"];
const found = (query: string, recent = usual) => findEmoji(query, recent).map(({ emoji }) => emoji);

it("The emoji with exactly this name comes first, before others that are also called so", () => {
  expect(found("rocket").slice(0, 2)).toEqual(["🚀", "🧑‍🚀"]);
  expect(found("rocket", ["🧑🏽‍🚀"])[0]).toBe("🚀");
});

it("Other words find an emoji, and those that were used last come before equal matches", () => {
  expect(found("tada")).toEqual(["🎉"]);
  expect(found("heart")[0]).toBe("❤️");
  expect(found("heart", [])[0]).not.toBe("❤️");
  expect(found("wave", ["👋🏽"])[0]).toBe("👋");
});

it("Capitals, other separators and one typing error don't matter", () => {
  expect(found("Party-Popper")).toEqual(["🎉"]);
  expect(found("roket")[0]).toBe("🚀");
  expect(found("nothing like this")).toEqual([]);
});

it("There are at most 48, however many match", () => {
  expect(found("a")).toHaveLength(48);
});

it("A skin tone changes only what has one", () => {
  const [hand, rocket] = ["👋", "🚀"].map((emoji) => emojis.find((each) => each.emoji === emoji));
  if (!hand || !rocket) throw new Error("Both are in the data.");
  expect([toned(hand, "none"), toned(hand, "dark"), toned(rocket, "dark")]).toEqual(["👋", "👋🏿", "🚀"]);
});
