import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createAutoRead } from "./auto-read";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function screen({ looking = true } = {}) {
  const state = { looking, read: [] as number[] };
  return { state, ...createAutoRead({ isLooking: () => state.looking, read: (seq) => state.read.push(seq) }) };
}

it("reads what has been on the screen for half a second", () => {
  const { state, seen } = screen();
  seen(3);
  vi.advanceTimersByTime(499);
  expect(state.read).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(state.read).toEqual([3]);
});

it("reads nothing while nobody looks, and begins the half second when they do", () => {
  const { state, seen, look } = screen({ looking: false });
  seen(3);
  vi.advanceTimersByTime(5_000);
  expect(state.read).toEqual([]);
  state.looking = true;
  look();
  vi.advanceTimersByTime(499);
  expect(state.read).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(state.read).toEqual([3]);
});

it("reads nothing when they looked away within the half second", () => {
  const { state, seen } = screen();
  seen(3);
  state.looking = false;
  vi.advanceTimersByTime(5_000);
  expect(state.read).toEqual([]);
});

it("gives each message its own half second, and never reads backwards", () => {
  const { state, seen } = screen();
  seen(3);
  vi.advanceTimersByTime(400);
  seen(5);
  vi.advanceTimersByTime(100);
  expect(state.read).toEqual([3]);
  vi.advanceTimersByTime(500);
  expect(state.read).toEqual([3, 5]);
  seen(2);
  vi.advanceTimersByTime(5_000);
  expect(state.read).toEqual([3, 5]);
});

it("reads nothing that left the screen within the half second", () => {
  const { state, seen } = screen();
  seen(50);
  vi.advanceTimersByTime(100);
  seen(7);
  vi.advanceTimersByTime(5_000);
  expect(state.read).toEqual([7]);
});

it("stops with the room", () => {
  const { state, seen, stop } = screen();
  seen(3);
  stop();
  vi.advanceTimersByTime(5_000);
  expect(state.read).toEqual([]);
});
