import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { onWake } from "./sleep";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("reports a sleep once, within ten seconds of waking", () => {
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

it("does not report late timers or a clock set back as sleep", () => {
  const woke = vi.fn<() => void>();
  onWake(woke);
  vi.setSystemTime(Date.now() + 15_000);
  vi.advanceTimersByTime(10_000);
  vi.setSystemTime(Date.now() - 86_400_000);
  vi.advanceTimersByTime(60_000);
  expect(woke).not.toHaveBeenCalled();
});

it("reports nothing after it was stopped", () => {
  const woke = vi.fn<() => void>();
  onWake(woke)();
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.advanceTimersByTime(60_000);
  expect(woke).not.toHaveBeenCalled();
});
