import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { announceToPeers, countPeers, onBus, sendToPeers, startBus } from "./bus";
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

it("A thousand changed rooms, and a frame that is too long, are announced in messages that fit into a notification", async () => {
  await pass(2, ["one"]);
  bus.sent.length = 0;
  const ids = Array.from({ length: 1_000 }, () => crypto.randomUUID());
  const frame = { from: 1, to: 2, rows: "x".repeat(10_000) };
  sendToPeers("logFrame", { kind: "person", id: "somebody", frame });
  for (const id of ids) announceToPeers("room", id);
  await vi.advanceTimersByTimeAsync(0);
  const messages = bus.sent.map((text) => JSON.parse(text) as { name: string; message: { ids: string[] } });
  expect(messages.every(({ name }) => name === "logsChanged")).toBe(true);
  expect(messages.flatMap(({ message }) => message.ids).toSorted()).toEqual([...ids, "somebody"].toSorted());
  expect(Math.max(...bus.sent.map((text) => text.length))).toBeLessThan(8_000);
});
