import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Home } from "@/lib/contract/home";
import type { ThreadFollow } from "@/lib/contract/thread-summary";
import { createServer, me, threadId } from "@/tests/harness/thread-server";
import { CallError, type CallErrorCode } from "./call-error";
import { putFollow } from "./catch-up";
import type { Call } from "./http";
import type { Parley } from "./parley";
import { createReadPositions } from "./reading";
import { createRoomsStore } from "./stores/rooms";
import { createThreadReading } from "./thread-reading";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A thread that I follow, with eight unread replies from 3 on, and a server that the test controls. */
function start() {
  const thread = createServer("other");
  thread.send(me, { alsoInRoom: false });
  for (let n = 0; n < 8; n++) thread.send("other", { alsoInRoom: false });
  const store = createRoomsStore({ me: { id: me }, rooms: [thread.entry()], people: [] } as unknown as Home);
  const told: number[] = [];
  const server: { thread: typeof thread; refusal?: CallErrorCode; hold?: Promise<void> } = { thread };
  const call = (async (name: string, { upToSeq, fromSeq }: { upToSeq: number; fromSeq: number }) => {
    await server.hold;
    if (name === "thread.markUnread") return told.push(-fromSeq);
    if (server.refusal) throw new CallError({ code: server.refusal, message: "No." });
    return told.push(upToSeq);
  }) as unknown as Call;
  const all = createReadPositions({ store, call });
  const client = { stores: { rooms: store } as Parley["stores"], call };
  const reading = all.threadReading(threadId, () => createThreadReading(client, "room", threadId));
  const lastReadSeq = () => store.getState().rooms.get("room")?.threads.get(threadId)?.follow?.lastReadSeq;
  /** What the server says of the thread arrives. */
  const hear = (follow: ThreadFollow | null) => store.setState((state) => (follow ? putFollow(state, follow) : state));
  return { ...all, reading, server, told, lastReadSeq, hear };
}

it("A thread is marked as unread only after the answer to a position that is being sent, and a lost one is not sent again", async () => {
  for (const refusal of [undefined, "busy"] as const) {
    const { reading, server, told, stop } = start();
    let answer = () => {};
    server.hold = new Promise<void>((resolve) => void (answer = resolve));
    reading.markRead(5);
    await vi.advanceTimersByTimeAsync(300);
    delete server.hold;
    if (refusal) server.refusal = refusal;
    const marked = reading.markUnread(3);
    await vi.advanceTimersByTimeAsync(0);
    expect(told).toEqual([]);
    answer();
    await marked;
    delete server.refusal;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told).toEqual(refusal ? [-3] : [5, -3]);
    stop();
  }
});

it("The answer to an earlier position does not move the place back that I have reached since, and one that is confirmed can be", async () => {
  const { reading, server, lastReadSeq, hear, stop } = start();
  reading.markRead(5);
  await vi.advanceTimersByTimeAsync(300);
  reading.markRead(7);
  hear(server.thread.readThread(5));
  expect(lastReadSeq()).toBe(7);
  await vi.advanceTimersByTimeAsync(300);
  hear(server.thread.readThread(7));
  hear(server.thread.unreadThread(4));
  expect(lastReadSeq()).toBe(3);

  server.refusal = "forbidden";
  reading.markRead(6);
  await vi.advanceTimersByTimeAsync(300);
  hear(server.thread.unreadThread(5));
  expect(lastReadSeq()).toBe(4);
  stop();
});

it("A position that the server failed to store is sent again when the connection is back, and nothing after `stop`", async () => {
  const { reading, server, told, sendAllNow, stop } = start();
  server.refusal = "offline";
  reading.markRead(5);
  await vi.advanceTimersByTimeAsync(300);
  delete server.refusal;
  sendAllNow();
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toEqual([5]);

  server.refusal = "offline";
  reading.markRead(7);
  await vi.advanceTimersByTimeAsync(300);
  stop();
  delete server.refusal;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told).toEqual([5]);
});

it("A position is sent again only after an error that passes", async () => {
  const { reading, server, told, stop } = start();
  for (const [refusal, upToSeq] of [
    ["forbidden", 4],
    ["invalid_input", 5],
    ["busy", 6],
  ] as const) {
    server.refusal = refusal as CallErrorCode;
    reading.markRead(upToSeq);
    await vi.advanceTimersByTimeAsync(300);
    delete server.refusal;
    await vi.advanceTimersByTimeAsync(60_000);
  }
  expect(told).toEqual([6]);
  stop();
});
