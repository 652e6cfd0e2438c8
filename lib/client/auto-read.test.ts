import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createAutoRead } from "./auto-read";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function screen({ looking = true } = {}) {
  const state = { looking, read: [] as number[], firstUnread: 1 };
  const autoRead = createAutoRead({
    isLooking: () => state.looking,
    markRead: (seq) => state.read.push(seq),
    firstUnread: () => state.firstUnread,
  });
  const setLastVisible = (last: number) => autoRead.setVisible({ first: 1, last, isAtEnd: false });
  return { state, setLastVisible, ...autoRead };
}

it("marks a message as read after half a second on the screen", () => {
  const { state, setLastVisible } = screen();
  setLastVisible(3);
  vi.advanceTimersByTime(499);
  expect(state.read).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(state.read).toEqual([3]);
});

it("marks nothing while the window is hidden, and starts the half second when it is shown", () => {
  const { state, setLastVisible, check } = screen({ looking: false });
  setLastVisible(3);
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
  const { state, setLastVisible } = screen();
  setLastVisible(3);
  state.looking = false;
  vi.advanceTimersByTime(5_000);
  expect(state.read).toEqual([]);
});

it("marks nothing that is covered within the half second, or comes while the log is covered", () => {
  const { state, setLastVisible, setVisible, check } = screen();
  setLastVisible(3);
  vi.advanceTimersByTime(400);
  setVisible(null);
  check();
  vi.advanceTimersByTime(5_000);
  expect(state.read).toEqual([]);
  setLastVisible(4);
  vi.advanceTimersByTime(500);
  expect(state.read).toEqual([4]);
});

it("counts the half second per message, and never moves back", () => {
  const { state, setLastVisible } = screen();
  setLastVisible(3);
  vi.advanceTimersByTime(400);
  setLastVisible(5);
  vi.advanceTimersByTime(100);
  expect(state.read).toEqual([3]);
  vi.advanceTimersByTime(500);
  expect(state.read).toEqual([3, 5]);
  setLastVisible(2);
  vi.advanceTimersByTime(5_000);
  expect(state.read).toEqual([3, 5]);
});

it("marks nothing that leaves the screen within the half second", () => {
  const { state, setLastVisible } = screen();
  setLastVisible(50);
  vi.advanceTimersByTime(100);
  setLastVisible(7);
  vi.advanceTimersByTime(5_000);
  expect(state.read).toEqual([7]);
});

it("stops when the room is closed", () => {
  const { state, setLastVisible, stop } = screen();
  setLastVisible(3);
  stop();
  vi.advanceTimersByTime(5_000);
  expect(state.read).toEqual([]);
});

it("marks nothing after the room was marked as unread, until everything is read as before", () => {
  const { state, setLastVisible, setReadPosition } = screen();
  setLastVisible(5);
  vi.advanceTimersByTime(500);
  setReadPosition(5);
  setReadPosition(2);
  setLastVisible(6);
  vi.advanceTimersByTime(5_000);
  expect(state.read).toEqual([5]);
  setReadPosition(5);
  vi.advanceTimersByTime(500);
  expect(state.read).toEqual([5, 6]);
});

it("marks nothing after a jump over unread messages, until the log is at its end", () => {
  const { state, setVisible } = screen();
  state.firstUnread = 11;
  setVisible({ first: 1, last: 10, isAtEnd: false });
  setVisible({ first: 200, last: 210, isAtEnd: false });
  vi.advanceTimersByTime(5_000);
  expect(state.read).toEqual([]);
  setVisible({ first: 205, last: 220, isAtEnd: true });
  vi.advanceTimersByTime(500);
  expect(state.read).toEqual([220]);
});

it("marks what follows an earlier message without a gap, however quickly it was passed", () => {
  const { state, setVisible } = screen();
  state.firstUnread = 11;
  for (const first of [5, 10, 14, 18]) setVisible({ first, last: first + 5, isAtEnd: false });
  vi.advanceTimersByTime(500);
  vi.advanceTimersByTime(500);
  expect(state.read.at(-1)).toBe(23);
});
