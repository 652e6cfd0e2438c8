import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Input, Output } from "@/lib/contract/index";
import { limits } from "@/lib/contract/limits";
import type { Message } from "@/lib/contract/message";
import { messageBy, viewerAs } from "@/tests/harness/viewers";
import { CallError, offlineError } from "./call-error";
import type { Call } from "./http";
import { createLookUps } from "./look-ups";
import type { RoomState } from "./room-state";
import { createRoomsStore } from "./stores/rooms";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const message = (id: string, more: Partial<Message> = {}): Message => ({ ...messageBy("ada"), id, ...more });

function setting(stored: Message[]) {
  const asked: string[][] = [];
  const state = { isOffline: false, isRefused: false };
  const call = (async (_name: string, { messageIds }: Input<"message.lookUp">): Promise<Output<"message.lookUp">> => {
    if (state.isOffline) throw offlineError();
    asked.push([...messageIds]);
    if (state.isRefused) throw new CallError({ code: "invalid_input", message: "That's not an id." });
    const messages = stored.filter(({ id }) => messageIds.includes(id));
    return { messages, rooms: [{ id: "room", name: "lighthouse" }], people: [] };
  }) as unknown as Call;
  const rooms = createRoomsStore(viewerAs("member", "member").home);
  const lookUps = createLookUps({ rooms, call });
  const bodyOf = (id: string) => lookUps.store.getState().found.get(id)?.message.body;
  return { ...lookUps, asked, state, rooms, bodyOf };
}
const settle = () => vi.advanceTimersByTimeAsync(50);

it("looks up what is asked for within a moment in one request, and remembers what can't be seen", async () => {
  const { load, asked, store } = setting([message("a")]);
  load(["a"]);
  load(["b", "a"]);
  await settle();
  expect(asked).toEqual([["a", "b"]]);
  expect(store.getState().found.get("a")).toEqual({ message: message("a"), roomName: "lighthouse" });
  expect(store.getState().found.get("b")).toBeNull();
  load(["a", "b"]);
  await settle();
  expect(asked).toHaveLength(1);
});

it("looks up everything again after a restore from a backup, when an older state is the newest", async () => {
  const stored = [message("a", { body: "later", changedSeq: 9 })];
  const { load, rooms, bodyOf } = setting(stored);
  load(["a"]);
  await settle();
  stored[0] = message("a", { body: "restored", changedSeq: 1 });
  rooms.setState((state) => ({ epoch: "restored", rooms: new Map(state.rooms) }));
  await settle();
  expect(bodyOf("a")).toBe("restored");
});

it("looks up again what I may see or no longer see when I join or leave a room", async () => {
  const stored = [message("a"), message("b", { roomId: "other" })];
  const { load, asked, store, rooms } = setting(stored);
  const setRooms = (change: (map: Map<string, RoomState>) => void) =>
    rooms.setState((state) => {
      const map = new Map(state.rooms);
      change(map);
      return { rooms: map };
    });
  load(["a", "b", "c"]);
  await settle();
  stored.push(message("c", { roomId: "other" }));
  const [room] = rooms.getState().rooms.values();
  if (!room) throw new Error("There is no room.");
  setRooms((map) => map.set("other", { ...room, roomId: "other" }));
  await settle();
  expect(asked.at(-1)).toEqual(["b", "c"]);
  expect(store.getState().found.get("c")?.message.id).toBe("c");
  stored.length = 1;
  setRooms((map) => map.delete("other"));
  await settle();
  expect(asked.at(-1)).toEqual(["b", "c"]);
  expect(store.getState().found.get("b")).toBeNull();
  setRooms((map) => map.set("room", { ...room }));
  await settle();
  expect(asked, "a change of a room is no reason").toHaveLength(3);
});

it("does not repeat a request that the server refuses", async () => {
  const { load, asked, state, store } = setting([]);
  state.isRefused = true;
  load(["wrong"]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveLength(1);
  expect(store.getState().found.get("wrong")).toBeNull();
});

it("asks for no more than the server answers at once", async () => {
  const { load, asked } = setting([]);
  load(Array.from({ length: limits.lookUp + 1 }, (_, at) => `m${at}`));
  await settle();
  expect(asked.map((ids) => ids.length)).toEqual([limits.lookUp, 1]);
});

it("takes a message that its room has loaded without a request", async () => {
  const { load, asked, rooms, bodyOf } = setting([]);
  rooms.setState((state) => {
    const room = state.rooms.get("room");
    const ranges = [{ from: 0, to: Number.POSITIVE_INFINITY, messages: [message("a", { body: "Loaded" })] }];
    return room ? { rooms: new Map(state.rooms).set("room", { ...room, ranges }) } : state;
  });
  load(["a"], "room");
  await settle();
  expect([asked, bodyOf("a")]).toEqual([[], "Loaded"]);
});

it("changes with what arrives, and never goes back to an older state", async () => {
  const { load, receive, bodyOf } = setting([message("a", { changedSeq: 3, body: "Third" })]);
  receive([message("a", { changedSeq: 9 })]);
  expect(bodyOf("a"), "what nobody shows is not kept").toBeUndefined();
  load(["a"]);
  await settle();
  receive([message("a", { changedSeq: 5, body: "Fifth" }), message("b")]);
  receive([message("a", { changedSeq: 4, body: "Fourth" })]);
  expect(bodyOf("a")).toBe("Fifth");
  expect(bodyOf("b")).toBeUndefined();
});

it("looks up again what a room's missed changes may concern, and what failed", async () => {
  const { load, reload, retryNow, stop, asked, state } = setting([message("a"), message("b", { roomId: "other" })]);
  state.isOffline = true;
  load(["a", "b"]);
  await settle();
  expect(asked).toEqual([]);
  state.isOffline = false;
  retryNow();
  await settle();
  reload("room");
  await settle();
  expect(asked).toEqual([["a", "b"], ["a"]]);
  state.isOffline = true;
  reload("room");
  await settle();
  state.isOffline = false;
  await vi.advanceTimersByTimeAsync(2_000);
  expect(asked, "by itself").toHaveLength(3);
  reload("room");
  stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveLength(3);
});
