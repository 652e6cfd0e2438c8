import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, it } from "vitest";
import { qualifiedEmoji } from "./emoji";
import { emojiList } from "./emoji-list";
import { limits } from "./limits";
import { isOneEmoji } from "./one-emoji";
import { qualify } from "./qualify";

interface PickerEmoji {
  emoji: string;
  group?: number;
  skins?: { emoji: string }[];
}
const file = createRequire(import.meta.url).resolve("emojibase-data/en/data.json");
const picker = JSON.parse(readFileSync(file, "utf8")) as PickerEmoji[];
const components = 2;
const offered = picker
  .filter(({ group }) => group !== undefined && group !== components)
  .flatMap(({ emoji, skins = [] }) => [emoji, ...skins.map((skin) => skin.emoji)]);

it("The list has every emoji that the picker offers, with all skin tones, and nothing else", () => {
  expect(offered.length).toBeGreaterThan(3_900);
  expect(new Set(offered.map(qualifiedEmoji))).toEqual(new Set<string | null>(emojiList));
  expect(offered).toHaveLength(emojiList.length);
});

it("The browser writes every emoji of the picker as the server stores it", () => {
  expect(offered.map(qualify)).toEqual(offered.map(qualifiedEmoji));
});

it("An emoji is found with and without its variation sign, and stored in one form", () => {
  for (const heart of ["❤", "❤\uFE0F", "❤\uFE0E"]) expect(qualifiedEmoji(heart)).toBe("❤\uFE0F");
  for (const party of ["🎉", "🎉\uFE0F"]) expect(qualifiedEmoji(party)).toBe("🎉");
  expect(qualifiedEmoji("#\u20E3")).toBe("#\uFE0F\u20E3");
});

it("Each skin tone is an emoji of its own", () => {
  const hands = ["👋", "👋🏻", "👋🏿"];
  expect(hands.map(qualifiedEmoji)).toEqual(hands);
});

it("Everything else is no emoji", () => {
  const others = [
    "",
    " ",
    "a",
    "1",
    "#",
    ":tada:",
    "🎉🎉",
    "🎉 ",
    "🏿",
    "\u{1F1E6}",
    "\u200D",
    "custom:1",
    "__proto__",
  ];
  expect(others.filter((text) => qualifiedEmoji(text) !== null)).toEqual([]);
});

it("Every emoji of the list fits the limit and occurs once", () => {
  expect(Math.max(...emojiList.map((emoji) => emoji.length))).toBeLessThanOrEqual(limits.emoji);
  expect(new Set(emojiList).size).toBe(emojiList.length);
  expect(emojiList.slice(0, 500).filter((emoji) => !isOneEmoji(emoji))).toEqual([]);
});
