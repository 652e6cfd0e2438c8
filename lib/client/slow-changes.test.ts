import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Call } from "./http";
import { countSlowChanges } from "./slow-changes";
import { createConnectionStore } from "./stores/connection";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Answers each request after this many milliseconds, or refuses it. */
function start(afterMs: number, refuses = false) {
  const store = createConnectionStore();
  const answer = (() =>
    new Promise((resolve, reject) => setTimeout(refuses ? reject : resolve, afterMs))) as unknown as Call;
  return { call: countSlowChanges(answer, store), count: () => store.getState().slowChanges };
}
const archive = (call: Call) => call("room.archive", { roomId: "room" }).catch(() => {});

it.each([
  ["answered", false],
  ["refused", true],
])("counts a change from its third second until it is %s", async (_, refuses) => {
  const { call, count } = start(8000, refuses);
  void archive(call);
  await vi.advanceTimersByTimeAsync(2900);
  expect(count()).toBe(0);
  void archive(call);
  await vi.advanceTimersByTimeAsync(3200);
  expect(count()).toBe(2);
  await vi.advanceTimersByTimeAsync(5000);
  expect(count()).toBe(0);
});

it("counts no quick change, no read and no message", async () => {
  const quick = start(2900);
  void archive(quick.call);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(quick.count()).toBe(0);
  const slow = start(8000);
  void slow.call("person.list", {});
  void slow.call("message.send", { roomId: "room", body: "Hello" });
  await vi.advanceTimersByTimeAsync(5000);
  expect(slow.count()).toBe(0);
});
