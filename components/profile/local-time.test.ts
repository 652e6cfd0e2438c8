import { expect, it } from "vitest";
import { createFormats } from "@/lib/client/date-formats";
import { localTime, placeOf } from "./local-time";

const at = (date: string) => ({ date: new Date(date) });
const winter = "2026-01-15T12:00:59Z";
const summer = "2026-07-15T12:00:00Z";
/** Minutes that Berlin is ahead of UTC. */
const berlin: Record<string, number> = { [winter]: 60, [summer]: 120 };

it.each([
  ["Europe/Berlin", winter, "same as you"],
  ["Europe/Lisbon", winter, "1 hour behind you"],
  ["Europe/Lisbon", summer, "1 hour behind you"],
  ["America/Phoenix", winter, "8 hours behind you"],
  ["America/Phoenix", summer, "9 hours behind you"],
  ["Asia/Kathmandu", winter, "4 hours 45 minutes ahead of you"],
  ["Pacific/Kiritimati", winter, "13 hours ahead of you"],
])("From Berlin, %s at %s is %s", (timeZone, date, words) => {
  expect(localTime(timeZone, at(date), berlin[date])?.difference).toBe(words);
});

it("The time is that of the place", () => {
  expect(localTime("Asia/Kathmandu", at(winter))?.time).toMatch(/5:45.* in Kathmandu$/);
});

it("The time is written as the log writes it", () => {
  const formats = createFormats();
  const date = new Date("2026-01-15T02:53:00Z");
  const own = formats.time.resolvedOptions().timeZone;
  expect(localTime(own, { date })?.time).toBe(`${formats.time.format(date)} in ${placeOf(own)}`);
  // Where the clock has twelve hours, without a zero before the hour.
  if (formats.time.resolvedOptions().hour12) expect(localTime("UTC", { date })?.time).toMatch(/^2:53/);
});

it("A time zone that the browser does not know has no time", () => {
  expect(localTime("Moon/Base", at(winter))).toBeNull();
});

it("A place is the last part of its zone's name", () => {
  expect(placeOf("America/Argentina/Buenos_Aires")).toBe("Buenos Aires");
  expect(placeOf("UTC")).toBe("UTC");
});
