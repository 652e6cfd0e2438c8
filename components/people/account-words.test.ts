import { expect, test } from "vitest";
import { presenceNames } from "@/components/ui/presence";
import { accountWords, endWord } from "./account-words";

test("no word means both that somebody has access and that somebody is here", () => {
  const here = Object.values(presenceNames).map((word) => word.toLowerCase());
  for (const word of Object.values(accountWords)) expect(here).not.toContain(word.toLowerCase());
});

test("an end is said as what it is: to come, or past", () => {
  const date = new Date("2026-11-28T10:00:00Z");
  expect(endWord("2026-11-28T10:00:01Z", { date })).toBe("Ends");
  expect(endWord("2026-11-28T10:00:00Z", { date })).toBe("Ended");
  expect(endWord("2026-11-28T09:20:00Z", { date })).toBe("Ended");
});
