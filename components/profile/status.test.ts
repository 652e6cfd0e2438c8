import { expect, it } from "vitest";
import { createFormats } from "@/lib/client/date-formats";
import { seenWords, statusOf, untilWords } from "./status";

const formats = createFormats();
/** Thursday 15 January 2026 at 10:00, for the reader. */
const now = { date: new Date(2026, 0, 15, 10), formats };
const at = (day: number, hour: number, minute = 0) => new Date(2026, 0, day, hour, minute).toISOString();
const time = (hour: number, minute = 0) => formats.time.format(new Date(2026, 0, 15, hour, minute));

it("A status is an emoji or a text", () => {
  const none = { statusEmoji: "", statusText: "", statusUntil: null };
  expect(statusOf(none)).toBeNull();
  expect(statusOf({ ...none, statusEmoji: "🌴" })).toEqual({ emoji: "🌴", text: "", until: null });
  expect(statusOf({ ...none, statusText: "Away" })).toEqual({ emoji: "", text: "Away", until: null });
});

it("An end is named by its time today, by its weekday this week, and by its date later", () => {
  const words = [at(15, 11), at(16, 0), at(16, 9, 30), at(17, 0), at(30, 0)].map((until) => untilWords(until, now));
  expect(words).toEqual([
    `until ${time(11)}`,
    "today",
    `until Friday, ${time(9, 30)}`,
    "until Friday",
    `until ${formats.dayOfMonth.format(new Date(2026, 0, 29))}`,
  ]);
});

it("Last seen is named by its day", () => {
  const words = [at(15, 9), at(14, 18, 40), at(12, 8)].map((seen) => seenWords(seen, now));
  expect(words).toEqual([`today at ${time(9)}`, `yesterday at ${time(18, 40)}`, `on Monday at ${time(8)}`]);
  expect(seenWords(new Date(2025, 5, 1, 8).toISOString(), now)).toMatch(/^on .*2025/);
});
