import { expect, test } from "vitest";
import { createFormats } from "@/lib/client/date-formats";
import { distance } from "./distance";

const now = new Date(2026, 10, 21, 9, 0);
const after = (ms: number) => distance(new Date(now.getTime() + ms), { date: now, formats: createFormats() });
const minute = 60_000;

test("less than a minute either way is now", () => {
  expect(after(-59_000)).toBe("now");
  expect(after(30_000)).toBe("now");
});

test("the greatest unit that fits is told", () => {
  expect(after(-90 * minute)).toMatch(/hour/);
  expect(after(7 * 24 * 60 * minute - 5_000)).toMatch(/7/);
  expect(after(-5 * minute)).toMatch(/5/);
});

test("beyond a month it is a date, with its year when that is another", () => {
  expect(after(40 * 24 * 60 * minute)).toMatch(/December/);
  expect(after(60 * 24 * 60 * minute)).toMatch(/2027/);
});
