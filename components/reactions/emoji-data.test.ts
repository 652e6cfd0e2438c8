import { expect, it } from "vitest";
import { qualifiedEmoji } from "@/lib/contract/emoji";
import { categories, emojis, toneLabels } from "./emoji-data";

it("The server stores every emoji of the picker as the picker has it, with every skin tone", () => {
  const all = emojis.flatMap(({ emoji, skins = {} }) => [emoji, ...Object.values(skins)]);
  expect(all.length).toBeGreaterThan(2_500);
  expect(all.filter((emoji) => qualifiedEmoji(emoji) !== emoji)).toEqual([]);
});

it("Every emoji has a category with a name, and hands have five skin tones", () => {
  const known = new Set(categories.map(({ index }) => index));
  expect(emojis.filter(({ category }) => !known.has(category))).toEqual([]);
  expect(categories.map(({ label }) => label)[0]).toBe("Smileys and emotion");
  expect(Object.keys(emojis.find(({ emoji }) => emoji === "👋")?.skins ?? {})).toHaveLength(5);
  expect(Object.keys(toneLabels)).toHaveLength(5);
});
