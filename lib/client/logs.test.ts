import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Home } from "@/lib/contract/home";
import type { Membership, Room } from "@/lib/contract/room";
import { CallError } from "./call-error";
import { dropRoom, putEntry } from "./catch-up";
import type { Call } from "./http";
import { createLogs } from "./logs";
import { createRoomsStore } from "./stores/rooms";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const entry = {
  room: { id: "a", changedSeq: 0 } as Room,
  membership: { roomId: "a", lastReadSeq: 0, joinedSeq: 0 } as Membership,
  clock: 1,
  unread: [],
  lastMessage: null,
};

function start() {
  const store = createRoomsStore({
    me: { id: "me" },
    clock: 1,
    epoch: "e",
    rooms: [entry],
    people: [],
  } as unknown as Home);
  let refused = true;
  let asked = 0;
  const call = (async () => {
    asked++;
    if (refused) throw new CallError({ code: "not_found", message: "No such room." });
    return { messages: [], clock: 1, before: false, after: false, people: [] };
  }) as unknown as Call;
  const logs = createLogs({ store, call });
  return {
    store,
    logs,
    letIn: () => (refused = false),
    asked: () => asked,
    loaded: () => store.getState().rooms.get("a")?.loaded,
  };
}

it("loads a room's page that was refused at first, once it is allowed", async () => {
  const { logs, letIn, loaded } = start();
  logs.open("a");
  await vi.advanceTimersByTimeAsync(0);
  expect(loaded()).toBe("error");
  letIn();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(loaded()).toBe("yes");
});

it("loads a room that was left and joined again while its page was being refused", async () => {
  const { store, logs, letIn, loaded } = start();
  logs.open("a");
  store.setState((state) => putEntry(dropRoom(state, "a"), entry));
  logs.loadMissing();
  letIn();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(loaded()).toBe("yes");
});

it("does not load a room that is no longer open, nor anything after `stop`", async () => {
  const { logs, asked } = start();
  const close = logs.open("a");
  await vi.advanceTimersByTimeAsync(0);
  close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked()).toBe(1);
  logs.open("a");
  await vi.advanceTimersByTimeAsync(0);
  logs.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked()).toBe(2);
});
