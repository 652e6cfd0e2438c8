import { expect, it } from "vitest";
import { endTime, inputTime, type StatusEnd } from "./status-ends";

/** Thursday 15 January 2026, 10:00, in this time zone. */
const now = new Date(2026, 0, 15, 10);

it.each<[StatusEnd, Date | null]>([
  ["never", null],
  ["halfHour", new Date(2026, 0, 15, 10, 30)],
  ["hour", new Date(2026, 0, 15, 11)],
  ["fourHours", new Date(2026, 0, 15, 14)],
  ["today", new Date(2026, 0, 16)],
  ["week", new Date(2026, 0, 19)],
])("%s", (end, expected) => {
  expect(endTime(end, "", now)).toBe(expected?.toISOString() ?? null);
});

it("On a Sunday, the week ends with the day", () => {
  expect(endTime("week", "", new Date(2026, 0, 18, 23))).toBe(new Date(2026, 0, 19).toISOString());
});

it("A chosen day and time is one of this time zone", () => {
  const custom = inputTime(new Date(2026, 1, 3, 9, 5));
  expect(custom).toBe("2026-02-03T09:05");
  expect(endTime("custom", custom, now)).toBe(new Date(2026, 1, 3, 9, 5).toISOString());
  expect(endTime("custom", "", now)).toBeNull();
});
