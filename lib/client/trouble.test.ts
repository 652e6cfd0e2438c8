import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createConnectionStore } from "./stores/connection";
import { createTrouble } from "./trouble";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** `answer` is the server's answer to a probe. It may fail or never arrive. */
function start(answer: () => Promise<unknown> = () => Promise.reject(new Error("busy"))) {
  const store = createConnectionStore();
  const state = { answer, waiting: false, probes: 0, tries: 0 };
  const trouble = createTrouble({
    store,
    probe: () => {
      state.probes++;
      return state.answer();
    },
    isWaiting: () => state.waiting,
    retryAll: () => void state.tries++,
  });
  return { ...trouble, state, isTold: () => store.getState().trouble };
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

it("probes every three seconds, however many failures are reported, until a probe succeeds", async () => {
  const { state, ...trouble } = start();
  expect(trouble.isTold()).toBe(false);
  for (let at = 0; at < 3; at++) trouble.begin();
  await pass(9_000);
  expect(trouble.isTold()).toBe(true);
  expect(state).toMatchObject({ probes: 3, tries: 0 });
  state.answer = async () => {};
  await pass(3_000);
  expect(trouble.isTold()).toBe(false);
  await pass(60_000);
  expect(state).toMatchObject({ probes: 4, tries: 1 });
});

it("is not over while messages are unsent, even if reading works, and retries them", async () => {
  const { state, ...trouble } = start(async () => {});
  state.waiting = true;
  trouble.begin();
  await pass(9_000);
  expect(trouble.isTold()).toBe(true);
  expect(state.tries).toBe(3);
  trouble.end();
  expect(trouble.isTold()).toBe(false);
  expect(state.tries).toBe(4);
});

it("has one probe at a time while the server does not answer", async () => {
  const { state, ...trouble } = start(() => new Promise(() => {}));
  trouble.begin();
  await pass(60_000);
  expect(state.probes).toBe(1);
});

it("reports nothing without a failure, and probes no more after `stop`", async () => {
  const { state, ...trouble } = start();
  trouble.end();
  expect(state.tries).toBe(0);
  trouble.begin();
  trouble.stop();
  await pass(60_000);
  expect(state.probes).toBe(0);
});
