import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Clock, createClock } from "./now";

const start = Date.parse("2026-11-21T22:57:30.250Z");
const minute = 60_000;
let comeBack = () => {};
let clock: Clock;

beforeEach(() => {
  vi.useFakeTimers({ now: start });
  clock = createClock((look) => {
    comeBack = look;
    return () => {
      comeBack = () => {};
    };
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

/** The times at which a watcher was called, in ms since the start. */
function watching(...moments: number[]) {
  const calls: number[] = [];
  const end = clock.subscribe(() => calls.push(Date.now() - start), moments);
  return { calls, end };
}

it("calls at every whole minute, including midnight", () => {
  const { calls } = watching();
  vi.advanceTimersByTime(2 * minute);
  expect(calls).toEqual([29_750, 29_750 + minute]);
});

it("calls one watcher at the exact moment it asked for", () => {
  const { calls } = watching(start + 12_345);
  const others = watching();
  vi.advanceTimersByTime(20_000);
  expect(calls).toEqual([12_345]);
  expect(others.calls).toEqual([]);
});

it("calls at the exact moment, however long after the last check somebody asks for it", () => {
  watching();
  vi.advanceTimersByTime(8_000);
  const { calls } = watching(start + 9_000);
  vi.advanceTimersByTime(10_000);
  expect(calls).toEqual([9_000]);
});

it("calls within ten seconds after the device wakes, and at once when the page is shown", () => {
  const { calls } = watching();
  vi.setSystemTime(start + 480 * minute);
  vi.advanceTimersByTime(10_000);
  expect(calls).toHaveLength(1);
  vi.setSystemTime(start + 960 * minute);
  comeBack();
  expect(calls).toHaveLength(2);
});

it("calls when the device's clock is set back", () => {
  const { calls } = watching();
  vi.setSystemTime(start - 1_440 * minute);
  vi.advanceTimersByTime(10_000);
  expect(calls).toHaveLength(1);
});

it("formats times for a new time zone after it has changed", () => {
  vi.stubEnv("TZ", "Europe/Berlin");
  clock = createClock(() => () => {});
  const { calls } = watching();
  const { formats } = clock.now();
  const at = "2026-11-21T22:57:00.000Z";
  expect(formats.dayOf(at)).toBe("2026-11-21");
  vi.stubEnv("TZ", "Asia/Tokyo");
  vi.advanceTimersByTime(10_000);
  expect(calls).toHaveLength(1);
  expect(clock.now().formats).not.toBe(formats);
  expect(clock.now().formats.dayOf(at)).toBe("2026-11-22");
  expect(clock.now().formats.time.format(new Date(at))).toMatch(/7:57/);
});

it("keeps the same format objects while the time zone stays", () => {
  const { formats } = clock.now();
  watching();
  vi.advanceTimersByTime(5 * minute);
  expect(clock.now().formats).toBe(formats);
});

it("has no timer without watchers", () => {
  const one = watching();
  const other = watching(start + 5_000);
  one.end();
  other.end();
  expect(vi.getTimerCount()).toBe(0);
  const again = watching();
  vi.advanceTimersByTime(minute);
  expect(again.calls).toHaveLength(1);
});
