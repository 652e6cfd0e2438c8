import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { countPeers, onBus, startBus } from "./bus";
import { state } from "../../scripts/test/connections";

process.env.DATABASE_URL = "postgres://unused";
process.env.AUTH_SECRET = "a secret of the tests of the bus";
process.env.LOG_LEVEL = "silent";

/** The bus between this process and others, which the test plays. Without `works`, it keeps everything until it works again. */
let bus: { works: boolean; sent: string[]; fromPeer: (peer: string, name?: string, message?: object) => void };
let stopped: string[];

beforeEach(() => {
  vi.useFakeTimers();
  stopped = [];
  const sent: string[] = [];
  const held: string[] = [];
  startBus(({ onMessage, onConnect }) => {
    const deliver = (texts: string[]) => {
      held.push(...texts);
      if (bus.works) for (const text of held.splice(0)) onMessage(text);
    };
    bus = {
      works: true,
      sent,
      fromPeer: (from, name = "heartbeat", message = { hello: false }) =>
        deliver([JSON.stringify({ from, name, message })]),
    };
    queueMicrotask(onConnect);
    return {
      async send(texts) {
        sent.push(...texts);
        deliver(texts);
      },
      async close() {},
    };
  });
  onBus("peerStopped", (peer) => stopped.push(peer));
});
afterEach(() => {
  vi.useRealTimers();
  state.delete("bus");
});

/** Seconds go by in which these processes send their heartbeats. */
async function pass(seconds: number, peers: string[]): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 2) {
    await vi.advanceTimersByTimeAsync(Math.min(2, seconds - passed) * 1_000);
    for (const peer of peers) bus.fromPeer(peer);
  }
}

it("A bus that is silent for twelve seconds makes nobody stop, and a process that is silent alone has stopped", async () => {
  await pass(10, ["one", "two"]);
  expect(countPeers()).toBe(2);
  bus.works = false;
  await pass(11.7, ["one", "two"]);
  bus.works = true;
  await pass(10, ["one", "two"]);
  expect(stopped).toEqual([]);
  await pass(26, ["one"]);
  expect(stopped).toEqual(["two"]);
});
