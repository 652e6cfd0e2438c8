import { afterEach, expect, it } from "vitest";
import { dayOf, endOfDay, lastDayOf } from "./end-of-day";

const ownZone = process.env.TZ;
afterEach(() => {
  process.env.TZ = ownZone;
});

it.each([
  ["UTC", "2026-12-06T00:00:00.000Z"],
  ["Asia/Tokyo", "2026-12-05T15:00:00.000Z"],
  ["America/New_York", "2026-12-06T05:00:00.000Z"],
])("In %s the chosen day ends there, and is shown as that day", (zone, moment) => {
  process.env.TZ = zone;
  expect(endOfDay("2026-12-05")).toBe(moment);
  expect(lastDayOf(moment)).toBe("2026-12-05");
  expect(dayOf(new Date(moment))).toBe("2026-12-06");
});

it("A day on which the clock is put back ends with its last hour", () => {
  process.env.TZ = "Europe/Berlin";
  expect(endOfDay("2026-10-25")).toBe("2026-10-25T23:00:00.000Z");
});
