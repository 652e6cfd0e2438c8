import { expect, it } from "vitest";
import { endOfDay, lastDayOf } from "./end-of-day";

it("A guest's end is the end of the chosen day in the time zone of who chooses it", () => {
  const end = new Date(endOfDay("2027-03-28"));
  expect([end.getFullYear(), end.getMonth(), end.getDate(), end.getHours()]).toEqual([2027, 2, 29, 0]);
  expect(new Date(endOfDay("2026-12-31")).getFullYear()).toBe(2027);
});

it("The day that is shown is the one that was chosen", () => {
  for (const day of ["2026-12-31", "2027-02-28", "2027-03-28", "2027-10-31"])
    expect(lastDayOf(endOfDay(day))).toBe(day);
});
