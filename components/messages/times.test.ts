import { expect, test } from "vitest";
import { createFormats } from "@/lib/client/date-formats";
import { dayName, daysAgo, gutterTime } from "./times";

const now = new Date(2026, 10, 21, 9, 0);
const here = { date: now, formats: createFormats() };

test("a minute before midnight is yesterday", () => {
  expect(daysAgo(new Date(2026, 10, 20, 23, 59), now)).toBe(1);
  expect(daysAgo(new Date(2026, 10, 21, 0, 0), now)).toBe(0);
});

test("days are calendar days, also when daylight saving time begins or ends", () => {
  expect(daysAgo(new Date(2026, 9, 24, 12, 0), new Date(2026, 9, 26, 1, 0))).toBe(2);
});

test("today and yesterday have names, and a date of another year has its year", () => {
  expect(dayName(new Date(2026, 10, 21, 1, 0), here)).toBe("Today");
  expect(dayName(new Date(2026, 10, 20, 1, 0), here)).toBe("Yesterday");
  expect(dayName(new Date(2026, 10, 17, 1, 0), here)).not.toContain("2026");
  expect(dayName(new Date(2025, 10, 17, 1, 0), here)).toContain("2025");
});

test("the gutter shows no AM or PM", () => {
  expect(gutterTime(new Date(2026, 10, 21, 16, 5), here)).toMatch(/^\d\d?\D\d\d$/);
});
