import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createConnectionStore } from "./stores/connection";
import { createTrouble } from "./trouble";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** `answer` is how the server answers a probe: it may fail, or never come. */
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
    onAnswer: () => void state.tries++,
  });
  return { ...trouble, state, isTold: () => store.getState().trouble };
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

it("asks every three seconds, however often trouble is met, until an answer is good", async () => {
  const { state, ...trouble } = start();
  expect(trouble.isTold()).toBe(false);
  for (let at = 0; at < 3; at++) trouble.met();
  await pass(9_000);
  expect(trouble.isTold()).toBe(true);
  expect(state).toMatchObject({ probes: 3, tries: 0 });
  state.answer = async () => {};
  await pass(3_000);
  expect(trouble.isTold()).toBe(false);
  await pass(60_000);
  expect(state).toMatchObject({ probes: 4, tries: 1 });
});

it("is not over because reading works while messages wait, but tries again to store them until one is", async () => {
  const { state, ...trouble } = start(async () => {});
  state.waiting = true;
  trouble.met();
  await pass(9_000);
  expect(trouble.isTold()).toBe(true);
  expect(state.tries).toBe(3);
  trouble.over();
  expect(trouble.isTold()).toBe(false);
  expect(state.tries).toBe(4);
});

it("asks one thing at a time of a server that does not answer", async () => {
  const { state, ...trouble } = start(() => new Promise(() => {}));
  trouble.met();
  await pass(60_000);
  expect(state.probes).toBe(1);
});

it("says nothing when there was no trouble, and asks nothing more after it was stopped", async () => {
  const { state, ...trouble } = start();
  trouble.over();
  expect(state.tries).toBe(0);
  trouble.met();
  trouble.stop();
  await pass(60_000);
  expect(state.probes).toBe(0);
});
