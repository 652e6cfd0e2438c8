import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Home } from "@/lib/contract/home";
import type { Membership, Room, RoomEntry } from "@/lib/contract/room";
import { limits } from "@/lib/contract/limits";
import { offlineError } from "./call-error";
import { putBlocks, putEntry, putRoom } from "./catch-up";
import type { Call } from "./http";
import { applyFrame } from "./room-log";
import type { RoomState } from "./room-state";
import { createRoomsStore } from "./stores/rooms";
import { createSync } from "./sync";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const settle = () => vi.advanceTimersByTimeAsync(0);

interface Question {
  input: { rooms: Record<string, number>; me: number; organization: number };
  /** Answers the pending request with these clocks. */
  answer(to: Record<string, number>, later?: string[]): Promise<void>;
  /** Answers the pending request with the home, as of this clock of the organization. */
  home(organizationClock: number): Promise<void>;
  /** Answers the pending request with the home of another epoch, which has these rooms. */
  restore(clocks: Record<string, number>): Promise<void>;
  fail(): Promise<void>;
}

const entryOf = (id: string, clock: number): RoomEntry => ({
  room: { id, changedSeq: 0 } as Room,
  membership: { roomId: id, lastReadSeq: 0, readAtSeq: 0, joinedSeq: 0, tick: 0 } as Membership,
  clock,
  unread: [],
  mentions: [],
  blocksTick: 0,
  groupsTick: 0,
  lastMessage: null,
  requestCount: 0,
});
const unanswered = { epoch: "e", home: null, me: null, organization: null, rooms: {}, later: [], people: [] };

function start(ids = ["a", "b"]) {
  const rooms = ids.map((id) => entryOf(id, 1));
  const home = {
    me: { id: "me" },
    clock: 1,
    organizationClock: 0,
    epoch: "e",
    rooms,
    people: [],
    invites: [],
  } as unknown as Home;
  const store = createRoomsStore(home);
  const questions: Question[] = [];
  const call = ((_name: string, input: Question["input"]) =>
    new Promise((resolve, reject) => {
      const answer = (to: Record<string, number>, later: string[] = []) => {
        const delta = (id: string) => ({ kind: "delta", from: input.rooms[id], to: to[id], rows: [], room: null });
        const told = Object.fromEntries(Object.keys(to).map((id) => [id, delta(id)]));
        resolve({ ...unanswered, rooms: told, later });
        return settle().then(() => {});
      };
      const answerHome = (organizationClock: number) => {
        resolve({ ...unanswered, home: { ...home, clock: 2, organizationClock } });
        return settle().then(() => {});
      };
      const restore = (clocks: Record<string, number>) => {
        const entries = Object.entries(clocks).map(([id, clock]) => entryOf(id, clock));
        resolve({ ...unanswered, epoch: "restored", home: { ...home, epoch: "restored", rooms: entries } });
        return settle().then(() => {});
      };
      const fail = () => {
        reject(offlineError());
        return settle().then(() => {});
      };
      questions.push({ input, answer, home: answerHome, restore, fail });
    })) as unknown as Call;
  const sync = createSync({ store, call, onAnswer: () => {}, onError: () => {} });
  sync.start();
  function hear(roomId: string, from: number, to: number): void {
    const frame = { roomId, from, to, rows: [], room: null };
    store.setState((state) => putRoom(state, applyFrame(state.rooms.get(roomId) as RoomState, frame)));
    sync.requestIfBehind();
  }
  /** Frames of these rooms were missed. */
  function behind(roomIds: readonly string[]): void {
    const next = new Map(store.getState().rooms);
    for (const roomId of roomIds) {
      const frame = { roomId, from: 5, to: 6, rows: [], room: null };
      next.set(roomId, applyFrame(next.get(roomId) as RoomState, frame));
    }
    store.setState({ rooms: next });
    sync.requestIfBehind();
  }
  function enter(entry: RoomEntry): void {
    store.setState((state) => putEntry(state, entry));
    sync.requestIfBehind();
  }
  function block(tick: number): void {
    store.setState((state) => putBlocks(state, { people: [{ personId: "ann", blockedAt: "" }], tick }));
    sync.requestIfBehind();
  }
  return {
    sync,
    questions,
    hear,
    behind,
    enter,
    block,
    room: rooms[0] as RoomEntry,
    clockOf: (id: string) => store.getState().rooms.get(id)?.clock,
  };
}

it("requests every room after connecting", () => {
  const { sync, questions } = start();
  sync.requestAll();
  expect(questions.map(({ input }) => input)).toEqual([{ rooms: { a: 1, b: 1 }, me: 1, organization: 0, epoch: "e" }]);
});

it("requests only a room with a gap, and nothing without one", () => {
  const { questions, hear } = start();
  hear("a", 1, 2);
  expect(questions).toEqual([]);
  hear("a", 5, 6);
  expect(questions.map(({ input }) => input.rooms)).toEqual([{ a: 2 }]);
});

it("requests a room whose entry is newer, because no frame may follow", async () => {
  const { questions, enter, room, clockOf } = start();
  enter(room);
  expect(questions).toEqual([]);
  // The answer to `room.create` had clock 1. Somebody was added before the socket subscribed to the room.
  enter({ ...room, clock: 2 });
  expect(questions.map(({ input }) => input.rooms)).toEqual([{ a: 1 }]);
  await questions[0]?.answer({ a: 2 });
  expect([clockOf("a"), questions.length]).toEqual([2, 1]);
});

it("requests the home after I have blocked somebody, until one comes that leaves them out", async () => {
  const { questions, block } = start();
  block(7);
  block(7);
  expect(questions.map(({ input }) => input.me)).toEqual([0]);
  await questions[0]?.answer({});
  await vi.advanceTimersByTimeAsync(1_000);
  expect(questions.map(({ input }) => input.me)).toEqual([0, 0]);
});

it("requests the people who changed after a home, which does not say who they are", async () => {
  const { sync, questions } = start();
  sync.requestHome();
  await questions[0]?.home(4);
  expect(questions.map(({ input: { me, organization } }) => [me, organization])).toEqual([
    [0, 0],
    [2, 0],
  ]);
});

it("has one request at a time, and needs no second for a gap that frames have closed", async () => {
  const { questions, hear, clockOf } = start();
  hear("a", 5, 6);
  hear("a", 6, 7);
  hear("b", 3, 4);
  expect(questions.length).toBe(1);
  // The answer goes up to 5. The frames after the gap were buffered and are now applied.
  await questions[0]?.answer({ a: 5 });
  expect(clockOf("a")).toBe(7);
  expect(questions.slice(1).map(({ input }) => input.rooms)).toEqual([{ b: 1 }]);
});

it("requests rooms that did not fit into an answer at once", async () => {
  const { sync, questions, clockOf } = start();
  sync.requestAll();
  await questions[0]?.answer({ a: 4 }, ["b"]);
  expect(questions.slice(1).map(({ input }) => input.rooms)).toEqual([{ b: 1 }]);
  await questions[1]?.answer({ b: 7 });
  expect([clockOf("a"), clockOf("b"), questions.length]).toEqual([4, 7, 2]);
});

it("requests rooms that no request could name so far before it asks about the others again, and pauses before that", async () => {
  const ids = Array.from({ length: limits.syncRooms + 1 }, (_, n) => `room ${n}`);
  const { sync, questions, behind, clockOf } = start(ids);
  behind(ids);
  expect(questions.map(({ input }) => Object.keys(input.rooms).length)).toEqual([limits.syncRooms]);
  await questions[0]?.answer({});
  const last = ids.at(-1) ?? "";
  expect(questions.slice(1).map(({ input }) => input.rooms)).toEqual([{ [last]: 1 }]);
  await questions[1]?.answer({ [last]: 5 });
  expect([clockOf(last), questions.length]).toEqual([6, 3]);
  await questions[2]?.answer({});
  expect(questions.length).toBe(3);
  for (let n = 3; n < 8; n++) {
    await vi.advanceTimersByTimeAsync(16_000);
    await questions[n]?.answer({});
  }
  expect(questions.length, "one request for each pause").toBe(8);
  sync.stop();
});

it("pauses if rooms that are said to follow later do not come", async () => {
  const { sync, questions } = start();
  sync.requestAll();
  await questions[0]?.answer({}, ["a", "b"]);
  expect(questions.length).toBe(1);
  await vi.advanceTimersByTimeAsync(1_000);
  await questions[1]?.answer({}, ["a", "b"]);
  expect(questions.length).toBe(2);
});

it("sends another request for gaps found while one was pending", async () => {
  const { sync, questions } = start();
  sync.requestAll();
  sync.requestAll();
  await questions[0]?.answer({});
  expect(questions.length).toBe(2);
});

it("asks again at once after connecting, and ignores the answer to a request that may be lost", async () => {
  const { sync, questions, clockOf } = start();
  sync.restart();
  await settle();
  expect(questions.length).toBe(1);
  sync.restart();
  await settle();
  expect(questions.map(({ input }) => input.rooms)).toEqual([
    { a: 1, b: 1 },
    { a: 1, b: 1 },
  ]);
  await questions[0]?.fail();
  await questions[1]?.answer({ a: 4 });
  expect([clockOf("a"), questions.length]).toEqual([4, 2]);
});

it("requests a room that the pending answer adds, if the connection was made again meanwhile", async () => {
  const { sync, questions, enter, room } = start();
  sync.requestAll();
  sync.requestAll();
  enter({ ...room, room: { ...room.room, id: "c" }, membership: { ...room.membership, roomId: "c" } });
  await questions[0]?.answer({});
  expect(questions[1]?.input.rooms).toEqual({ a: 1, b: 1, c: 1 });
});

it("requests every room again after a restore from a backup, because frames may have arrived before the home", async () => {
  const { sync, questions } = start();
  sync.requestAll();
  await questions[0]?.restore({ a: 3 });
  expect(questions.slice(1).map(({ input }) => input)).toEqual([
    { rooms: { a: 3 }, me: 1, organization: 0, epoch: "restored" },
  ]);
});

it("retries after a pause if there is no answer", async () => {
  const { sync, questions } = start();
  sync.requestAll();
  await questions[0]?.fail();
  expect(questions.length).toBe(1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(questions[1]?.input.rooms).toEqual({ a: 1, b: 1 });
});

it("backs off if answers do not close the gap", async () => {
  const { questions, hear } = start();
  hear("a", 5, 6);
  await questions[0]?.answer({});
  expect(questions.length).toBe(1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(questions.length).toBe(2);
});

it("requests when a tick of the own clock was missed", () => {
  const { sync, questions } = start();
  sync.recordOwnClock(1);
  sync.requestIfBehind();
  expect(questions).toEqual([]);
  sync.recordOwnClock(3);
  sync.requestIfBehind();
  expect(questions.map(({ input }) => input.me)).toEqual([1]);
});
