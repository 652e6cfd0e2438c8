import { expect, it } from "vitest";
import { matchEmoji } from "./found-emoji";

it("An emoji is found by its name, by another word, and by its shortcode", () => {
  expect(matchEmoji("rocke", [])[0]).toMatchObject({ emoji: { emoji: "🚀" }, marks: [[0, 5]], also: null });
  expect(matchEmoji("tada", [])[0]).toMatchObject({ emoji: { emoji: "🎉" }, marks: [], also: "tada" });
  expect(matchEmoji("+1", [])[0]).toMatchObject({ emoji: { emoji: "👍" } });
  expect(matchEmoji("xqzj", [])).toEqual([]);
  expect(matchEmoji("constructor", []).map(({ also }) => also)).not.toContain("constructor");
});

it("There are at most eight, and those that were used last come first among equals", () => {
  expect(matchEmoji("fa", [])).toHaveLength(8);
  expect(matchEmoji("wave", ["👋🏽"])[0]?.emoji.emoji).toBe("👋");
});

it("All emoji answer every key within a frame of 16 ms", () => {
  for (const query of ["ta", "smile", "grining", "zzq", "red"]) {
    const times = Array.from({ length: 5 }, () => {
      const begun = performance.now();
      matchEmoji(query, []);
      return performance.now() - begun;
    });
    expect(Math.min(...times), query).toBeLessThan(16);
  }
});
