import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { onWake } from "./sleep";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("notices within ten seconds of waking that time went on while timers stood still, once each time", () => {
  const woke = vi.fn<() => void>();
  onWake(woke);
  vi.advanceTimersByTime(600_000);
  expect(woke).not.toHaveBeenCalled();
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.advanceTimersByTime(10_000);
  expect(woke).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(600_000);
  expect(woke).toHaveBeenCalledTimes(1);
});

it("takes timers that are late for no sleep, nor a clock that was set back", () => {
  const woke = vi.fn<() => void>();
  onWake(woke);
  vi.setSystemTime(Date.now() + 15_000);
  vi.advanceTimersByTime(10_000);
  vi.setSystemTime(Date.now() - 86_400_000);
  vi.advanceTimersByTime(60_000);
  expect(woke).not.toHaveBeenCalled();
});

it("says nothing more once it has ended", () => {
  const woke = vi.fn<() => void>();
  onWake(woke)();
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.advanceTimersByTime(60_000);
  expect(woke).not.toHaveBeenCalled();
});
