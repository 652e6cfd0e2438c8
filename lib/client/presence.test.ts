import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { offlineError } from "./call-error";
import type { Call } from "./http";
import { createPresence } from "./presence";
import { createPresenceStore } from "./stores/presence";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A call that the test answers or fails by hand. */
function start() {
  const told: string[] = [];
  const open: { answer(): Promise<unknown>; fail(): Promise<unknown> }[] = [];
  const settle = () => vi.advanceTimersByTimeAsync(0);
  const call = ((_name: string, { state }: { state: string }) =>
    new Promise((resolve, reject) => {
      told.push(state);
      const then = (done: () => void) => () => {
        done();
        return settle();
      };
      open.push({ answer: then(() => resolve({})), fail: then(() => reject(offlineError())) });
    })) as unknown as Call;
  return { told, open, presence: createPresence({ store: createPresenceStore(), call }) };
}

it("sends nothing that a new connection says anyway", () => {
  const { told, presence } = start();
  presence.onConnect();
  expect(told).toEqual([]);
  presence.setActive(false);
  presence.onConnect();
  expect(told).toEqual(["idle"]);
});

it("sends one update at a time, and a change in the meantime after the answer", async () => {
  const { told, open, presence } = start();
  presence.setActive(false);
  presence.setActive(true);
  expect(told).toEqual(["idle"]);
  await open[0]?.answer();
  expect(told).toEqual(["idle", "active"]);
  await open[1]?.answer();
  expect(told).toEqual(["idle", "active"]);
});

it("retries an update that failed, until it is stopped", async () => {
  const { told, open, presence } = start();
  presence.setActive(false);
  await open[0]?.fail();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(told).toEqual(["idle", "idle"]);
  await open[1]?.fail();
  presence.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told).toEqual(["idle", "idle"]);
});

it("sends the update on a new connection even if the answer on the old one arrives later", async () => {
  const { told, open, presence } = start();
  presence.setActive(false);
  presence.onConnect();
  await open[0]?.answer();
  expect(told).toEqual(["idle", "idle"]);
  await open[1]?.answer();
  expect(told).toEqual(["idle", "idle"]);
});

it("does not retry an update that fails after it was stopped", async () => {
  const { told, open, presence } = start();
  presence.setActive(false);
  presence.stop();
  await open[0]?.fail();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told).toEqual(["idle"]);
});

it("knows nobody's presence before the full list and after a disconnect", () => {
  const store = createPresenceStore();
  const presence = createPresence({ store, call: (() => new Promise(() => {})) as unknown as Call });
  presence.receive({ full: false, people: { bo: "active" } });
  expect(store.getState().states, "one of many says nothing of the others").toBeNull();
  presence.receive({ full: true, people: { ada: "idle" } });
  presence.receive({ full: false, people: { bo: "active" } });
  expect(store.getState().states).toEqual({ ada: "idle", bo: "active" });
  presence.onConnectionLost();
  expect(store.getState().states).toBeNull();
});

it("counts each change of who is active, also one that keeps their number", () => {
  const store = createPresenceStore();
  const presence = createPresence({ store, call: (() => new Promise(() => {})) as unknown as Call });
  const isCounted = (event: Parameters<typeof presence.receive>[0]) => {
    const { activeVersion } = store.getState();
    presence.receive(event);
    return store.getState().activeVersion !== activeVersion;
  };
  expect(isCounted({ full: true, people: { ada: "active", bo: "idle" } })).toBe(true);
  expect(isCounted({ full: false, people: { ada: null, bo: "active" } }), "another one").toBe(true);
  expect(isCounted({ full: false, people: { bo: "active", cy: "dnd" } })).toBe(false);
  expect(isCounted({ full: true, people: { bo: "active" } })).toBe(false);
  expect(isCounted({ full: true, people: { cy: "active" } })).toBe(true);
});
