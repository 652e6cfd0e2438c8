import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createAutoRead } from "./auto-read";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function screen({ looking = true } = {}) {
  const state = { looking, read: [] as number[] };
  return { state, ...createAutoRead({ isLooking: () => state.looking, read: (seq) => state.read.push(seq) }) };
}

it("marks a message as read after half a second on the screen", () => {
  const { state, seen } = screen();
  seen(3);
  vi.advanceTimersByTime(499);
  expect(state.read).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(state.read).toEqual([3]);
});

it("marks nothing while the window is hidden, and starts the half second when it is shown", () => {
  const { state, seen, check } = screen({ looking: false });
  seen(3);
  vi.advanceTimersByTime(5_000);
  expect(state.read).toEqual([]);
  state.looking = true;
  check();
  vi.advanceTimersByTime(499);
  expect(state.read).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(state.read).toEqual([3]);
});

it("marks nothing if the window is hidden within the half second", () => {
  const { state, seen } = screen();
  seen(3);
  state.looking = false;
  vi.advanceTimersByTime(5_000);
  expect(state.read).toEqual([]);
});

it("counts the half second per message, and never moves back", () => {
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

it("marks nothing that leaves the screen within the half second", () => {
  const { state, seen } = screen();
  seen(50);
  vi.advanceTimersByTime(100);
  seen(7);
  vi.advanceTimersByTime(5_000);
  expect(state.read).toEqual([7]);
});

it("stops when the room is closed", () => {
  const { state, seen, stop } = screen();
  seen(3);
  stop();
  vi.advanceTimersByTime(5_000);
  expect(state.read).toEqual([]);
});

it("marks nothing after the room was marked as unread, until everything is read as before", () => {
  const { state, seen, positionIs } = screen();
  seen(5);
  vi.advanceTimersByTime(500);
  positionIs(5);
  positionIs(2);
  seen(6);
  vi.advanceTimersByTime(5_000);
  expect(state.read).toEqual([5]);
  positionIs(5);
  vi.advanceTimersByTime(500);
  expect(state.read).toEqual([5, 6]);
});
