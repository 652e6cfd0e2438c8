import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Home } from "@/lib/contract/home";
import type { Message, MessagePage } from "@/lib/contract/message";
import type { Membership, Room, RoomEntry } from "@/lib/contract/room";
import { CallError } from "./call-error";
import { dropRoom, putEntry, putRoom } from "./catch-up";
import type { Call } from "./http";
import { logSize } from "./log-limits";
import { createLogs } from "./logs";
import { messagesIn, rangeAt } from "./ranges";
import { applyFrame, applySync } from "./room-log";
import type { RoomState } from "./room-state";
import { createRoomsStore } from "./stores/rooms";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const settle = () => vi.advanceTimersByTimeAsync(0);

const entryOf = (id: string, clock: number): RoomEntry => ({
  room: { id, changedSeq: 0 } as Room,
  membership: { roomId: id, lastReadSeq: 0, readAtSeq: 0, joinedSeq: 0, floorSeq: 0, tick: 0 } as Membership,
  clock,
  unread: [],
  mentions: [],
  blocksTick: 0,
  groupsTick: 0,
  requestCount: 0,
  lastMessage: null,
});

type Asked = { roomId: string; limit: number; before?: number; after?: number; around?: number };

/** A client with some rooms. In these rooms, every tick of the clock is a message. */
function start({ rooms = ["a"], length = 1, body = "Hello", refused = false } = {}) {
  const clocks = new Map(rooms.map((id) => [id, length]));
  const message = (roomId: string, seq: number) =>
    ({ id: `${roomId}${seq}`, roomId, seq, changedSeq: seq, kind: "person", authorId: "ann", body }) as Message;
  const entries = rooms.map((id) => entryOf(id, length));
  const home = { me: { id: "me" }, clock: 1, epoch: "e", rooms: entries, people: [] } as unknown as Home;
  const store = createRoomsStore(home);
  const asked: Asked[] = [];
  let isRefused = refused;
  const call = (async (_name: string, input: Asked): Promise<MessagePage> => {
    asked.push(input);
    if (isRefused) throw new CallError({ code: "not_found", message: "No such room." });
    const { roomId, limit, before, after, around } = input;
    const clock = clocks.get(roomId) ?? 0;
    const end =
      before ?? (after !== undefined ? after + 1 + limit : around !== undefined ? around + limit / 2 : clock + 1);
    const to = Math.min(end, clock + 1);
    const from = Math.max(1, after !== undefined ? after + 1 : to - limit);
    const messages = Array.from({ length: Math.max(0, to - from) }, (_, at) => message(roomId, from + at));
    return { messages, clock, floorSeq: 0, before: from > 1, after: to <= clock, people: [] };
  }) as unknown as Call;
  const logs = createLogs({ store, call });
  store.subscribe(() => logs.loadAndTrim());
  const roomOf = (id: string) => store.getState().rooms.get(id) as RoomState;
  const shown = (id: string) => {
    const { window, ranges } = roomOf(id);
    const range = window && rangeAt(ranges, window.from);
    return range ? messagesIn(range, window).map(({ seq }) => seq) : [];
  };
  return {
    store,
    logs,
    asked,
    letIn: () => (isRefused = false),
    loadStateOf: (id = "a") => store.getState().rooms.get(id)?.loadState,
    roomOf,
    shown,
    span: (id: string) => [shown(id)[0], shown(id).at(-1)],
    /** Messages arrive as one frame. */
    arrive(id: string, count: number): void {
      const from = clocks.get(id) ?? 0;
      clocks.set(id, from + count);
      const rows = Array.from({ length: count }, (_, at) => message(id, from + at + 1));
      const frame = { roomId: id, from, to: from + count, rows, room: null };
      store.setState((state) => putRoom(state, applyFrame(roomOf(id), frame)));
    },
    /** So many changes were missed that the answer to `sync` has only the room's entry. */
    miss(id: string, count: number): void {
      const clock = (clocks.get(id) ?? 0) + count;
      clocks.set(id, clock);
      const entry = { ...entryOf(id, clock), unread: [clock - 1, clock] };
      store.setState((state) => putRoom(state, applySync(roomOf(id), { kind: "limited", entry })));
    },
  };
}

it("loads a room's page that was refused at first, once it is allowed", async () => {
  const { logs, letIn, loadStateOf } = start({ refused: true });
  logs.open("a");
  await settle();
  expect(loadStateOf()).toBe("failed");
  letIn();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(loadStateOf()).toBe("loaded");
});

it("loads a room that was left and joined again while its page was being refused", async () => {
  const { store, logs, letIn, loadStateOf } = start({ refused: true });
  logs.open("a");
  store.setState((state) => putEntry(dropRoom(state, "a"), entryOf("a", 1)));
  logs.loadAndTrim();
  letIn();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(loadStateOf()).toBe("loaded");
});

it("does not load a room that is no longer open, nor anything after `stop`", async () => {
  const { logs, asked } = start({ refused: true });
  const close = logs.open("a");
  await settle();
  close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked.length).toBe(1);
  logs.open("a");
  await settle();
  logs.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked.length).toBe(2);
});

it("opens a room at its end, or around a place, and goes on from there in both directions", async () => {
  const { logs, asked, span } = start({ rooms: ["a", "b"], length: 2_000 });
  logs.open("a");
  logs.open("b", 1_000);
  await settle();
  expect(span("a")).toEqual([1_951, 2_000]);
  expect(span("b")).toEqual([950, 1_049]);
  await Promise.all([logs.loadOlder("b"), logs.loadNewer("b"), logs.loadOlder("b")]);
  expect(span("b")).toEqual([900, 1_099]);
  await logs.loadNewer("a");
  expect(asked.length).toBe(4);
});

it("joins two parts that were loaded apart when the pages between them have arrived", async () => {
  const { logs, roomOf, span } = start({ length: 300 });
  logs.open("a");
  await settle();
  await logs.jump("a", 200);
  expect(roomOf("a").ranges.map(({ from, to }) => [from, to])).toEqual([
    [150, 249],
    [251, Number.POSITIVE_INFINITY],
  ]);
  await logs.loadNewer("a");
  expect(roomOf("a").ranges.map(({ from, to }) => [from, to])).toEqual([[150, Number.POSITIVE_INFINITY]]);
  expect(span("a")).toEqual([150, 299]);
  await logs.loadNewer("a");
  expect(span("a")).toEqual([150, 300]);
});

it("shows at most 600 messages, around what is looked at, and those cut off without a request when they are needed again", async () => {
  const { logs, asked, shown, span } = start({ length: 2_000 });
  logs.open("a");
  await settle();
  for (let pages = 0; pages < 20; pages++) {
    logs.lookAt("a", shown("a")[0] as number, false);
    await logs.loadOlder("a");
    expect(shown("a").length).toBeLessThanOrEqual(600);
  }
  const requests = asked.length;
  expect(span("a")[0]).toBe(951);
  while (shown("a").at(-1) !== 2_000) {
    logs.lookAt("a", shown("a").at(-1) as number, false);
    await logs.loadNewer("a");
  }
  expect(asked.length).toBe(requests);
});

it("cuts nothing off while a selection reaches over the messages", async () => {
  const { logs, shown } = start({ length: 2_000 });
  logs.open("a");
  await settle();
  for (let pages = 0; pages < 15; pages++) {
    logs.lookAt("a", shown("a")[0] as number, true);
    await logs.loadOlder("a");
  }
  expect(shown("a").length).toBe(800);
  logs.lookAt("a", shown("a")[0] as number, false);
  logs.loadAndTrim();
  expect(shown("a").length).toBeLessThanOrEqual(600);
});

it("does not move what is looked at when many messages arrive", async () => {
  const { logs, arrive, shown, roomOf } = start({ length: 2_000 });
  logs.open("a");
  await settle();
  logs.lookAt("a", 1_951, false);
  for (let count = 0; count < 1_000; count++) arrive("a", 1);
  expect(shown("a")[0]).toBe(1_951);
  expect(shown("a").length).toBeLessThanOrEqual(600);
  expect(roomOf("a").window?.to).toBeLessThan(3_000);
});

it("holds at most 5,000 messages in all, and drops the rooms that were closed first", async () => {
  const { logs, store, shown, loadStateOf } = start({ rooms: ["a", "b", "c"], length: 4_000 });
  for (const id of ["a", "b", "c"]) {
    const close = logs.open(id);
    await settle();
    for (let pages = 0; pages < 40; pages++) {
      logs.lookAt(id, shown(id)[0] as number, false);
      await logs.loadOlder(id);
    }
    expect(logSize(store.getState().rooms.values()).rows).toBeLessThanOrEqual(5_000);
    if (id !== "c") close();
  }
  expect([loadStateOf("a"), loadStateOf("b"), loadStateOf("c")]).toEqual(["notLoaded", "loaded", "loaded"]);
  logs.open("a", 3_000);
  await settle();
  expect(shown("a")).toContain(3_000);
});

it("drops nothing that is shown, and does not look for more, if two open rooms hold more than the limit", async () => {
  const { logs, shown, arrive } = start({ rooms: ["a", "b"] });
  for (const id of ["a", "b"]) {
    logs.open(id);
    await settle();
    logs.lookAt(id, 1, true);
  }
  for (const id of ["a", "b"]) arrive(id, 3_000);
  expect([shown("a").length, shown("b").length]).toEqual([3_001, 3_001]);
});

it("holds at most about 20 MB, and of the open room only what is shown", async () => {
  const { logs, store, shown } = start({ length: 4_000, body: "x".repeat(10_000) });
  logs.open("a");
  await settle();
  for (let pages = 0; pages < 40; pages++) {
    logs.lookAt("a", shown("a")[0] as number, false);
    await logs.loadOlder("a");
    expect(logSize(store.getState().rooms.values()).bytes).toBeLessThanOrEqual(20 * 1024 * 1024);
  }
  expect(shown("a")[0]).toBe(1_951);
});

it("after much was missed, loads only the room that is open, around what was looked at", async () => {
  const { logs, asked, miss, roomOf, shown, span } = start({ rooms: ["a", "b", "c"], length: 1_000 });
  const close = logs.open("b");
  await settle();
  close();
  logs.open("a", 500);
  await settle();
  logs.lookAt("a", 480, false);
  asked.length = 0;
  for (const id of ["a", "b", "c"]) miss(id, 5_000);
  await settle();
  expect(asked).toEqual([{ roomId: "a", limit: 100, around: 480 }]);
  expect(span("a")).toEqual([430, 529]);
  for (const id of ["b", "c"]) expect(roomOf(id)).toMatchObject({ ranges: [], loadState: "notLoaded", clock: 6_000 });
  expect(roomOf("b").unread.seqs).toEqual(new Set([5_999, 6_000]));
  logs.open("b");
  await settle();
  expect(shown("b").at(-1)).toBe(6_000);
});

it("requests a page again that was read before so much was missed that the log was dropped", async () => {
  const { logs, asked, miss, shown } = start({ length: 1_000 });
  logs.open("a");
  // The server reads the page now, but the page arrives after the answer to the sync.
  miss("a", 5_000);
  await settle();
  expect(asked.length).toBe(2);
  expect(shown("a").at(-1)).toBe(6_000);
});
