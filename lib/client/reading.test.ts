import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Home } from "@/lib/contract/home";
import type { RoomEntry } from "@/lib/contract/room";
import { CallError, type CallErrorCode, offlineError } from "./call-error";
import type { Call } from "./http";
import { createReadPositions } from "./reading";
import { createRoomsStore, stateFromHome } from "./stores/rooms";

/** A server that stores positions of many rooms and refuses what is over its limit, and a client that is in them. */
function startWithMany({ rooms: count, allowed }: { rooms: number; allowed: number }) {
  const membership = { role: "member", lastReadSeq: 0, readAtSeq: 0, joinedSeq: 0, floorSeq: 0, tick: 0 } as const;
  const rooms = Array.from({ length: count }, (_, at) => {
    const roomId = `room ${at}`;
    return { room: { id: roomId }, membership: { ...membership, roomId }, clock: 9, unread: [9], lastMessage: null };
  });
  const store = createRoomsStore({ me: { id: "me" }, rooms, people: [] } as unknown as Home);
  const server = { left: allowed, refused: 0, stored: new Set<string>() };
  const call = (async (_name: string, { roomId }: { roomId: string }) => {
    if (server.left === 0) {
      server.refused++;
      throw new CallError({ code: "rate_limited", message: "Too many.", retryAfterMs: 1_000 });
    }
    server.left--;
    server.stored.add(roomId);
  }) as unknown as Call;
  return { ...createReadPositions({ store, call }), server, roomIds: rooms.map(({ room }) => room.id), store };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start() {
  const membership = { roomId: "room", role: "member", lastReadSeq: 0, readAtSeq: 0, joinedSeq: 0, tick: 0 } as const;
  const entry = { room: { id: "room" }, membership, clock: 9, unread: [3, 5, 9], lastMessage: null };
  const rooms = [entry as unknown as RoomEntry];
  const home = { me: { id: "me" }, rooms, people: [] } as unknown as Home;
  const store = createRoomsStore(home);
  const told: number[] = [];
  const server: { reachable: boolean; refusal?: CallErrorCode; hold?: Promise<void> } = { reachable: true };
  const call = (async (name: string, { upToSeq, fromSeq }: { upToSeq: number; fromSeq: number }) => {
    await server.hold;
    if (name === "room.markUnread") return told.push(-fromSeq);
    if (!server.reachable) throw offlineError();
    if (server.refusal) throw new CallError({ code: server.refusal, message: "No." });
    told.push(upToSeq);
    return { ...membership, lastReadSeq: upToSeq };
  }) as unknown as Call;
  const unread = () => [...(store.getState().rooms.get("room")?.unread.seqs ?? [])];
  /** The server was restored from a backup. */
  const restore = () => store.setState(stateFromHome({ ...home, epoch: "restored" }));
  return { ...createReadPositions({ store, call }), server, told, unread, restore };
}

it("marks as read locally at once, and sends the furthest position within 300 ms", async () => {
  const { markRead, told, unread } = start();
  markRead("room", 3);
  expect(unread()).toEqual([5, 9]);
  markRead("room", 5);
  expect(told).toEqual([]);
  await vi.advanceTimersByTimeAsync(300);
  expect(told).toEqual([5]);
});

it("never moves back, nor beyond the room's last message", async () => {
  const { markRead, told, unread } = start();
  markRead("room", 5);
  markRead("room", 3);
  markRead("room", 10);
  await vi.advanceTimersByTimeAsync(300);
  expect(told).toEqual([5]);
  expect(unread()).toEqual([9]);
});

it("sends a lost position again after reconnecting", async () => {
  const { markRead, sendAllNow, server, told } = start();
  server.reachable = false;
  markRead("room", 9);
  await vi.advanceTimersByTimeAsync(300);
  server.reachable = true;
  sendAllNow();
  await vi.advanceTimersByTimeAsync(0);
  sendAllNow();
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toEqual([9]);
});

it("retries a position that the server failed to store", async () => {
  const { markRead, server, told, stop } = start();
  server.refusal = "busy";
  markRead("room", 9);
  await vi.advanceTimersByTimeAsync(300);
  delete server.refusal;
  await vi.advanceTimersByTimeAsync(2_000);
  expect(told).toEqual([9]);

  await vi.advanceTimersByTimeAsync(60_000);
  expect(told).toEqual([9]);
  stop();
});

it("sends nothing that was read before the server was restored from a backup", async () => {
  const { markRead, told, restore } = start();
  markRead("room", 9);
  restore();
  await vi.advanceTimersByTimeAsync(300);
  markRead("room", 3);
  await vi.advanceTimersByTimeAsync(300);
  expect(told).toEqual([3]);
});

it("marks a room as unread only after the answer to a position that is being sent", async () => {
  const { markRead, markUnread, server, told, stop } = start();
  let answer = () => {};
  server.hold = new Promise<void>((resolve) => void (answer = resolve));
  markRead("room", 5);
  await vi.advanceTimersByTimeAsync(300);
  delete server.hold;
  const marked = markUnread("room", 3);
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toEqual([]);
  answer();
  await marked;
  expect(told, "5 was read, then 3 and later became unread").toEqual([5, -3]);
  stop();
});

it("sends nothing for a room that was left, nor after `stop`", async () => {
  const { markRead, server, told, stop } = start();
  server.refusal = "not_found";
  markRead("room", 3);
  await vi.advanceTimersByTimeAsync(300);
  delete server.refusal;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told).toEqual([]);

  server.refusal = "busy";
  markRead("room", 9);
  await vi.advanceTimersByTimeAsync(300);
  stop();
  delete server.refusal;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told).toEqual([]);
});

it("marks a thousand rooms as read one after another, and waits when the server asks for it", async () => {
  const { markAllRead, server, roomIds, store, stop } = startWithMany({ rooms: 1_000, allowed: 60 });
  markAllRead(roomIds);
  expect([...store.getState().rooms.values()].every(({ unread }) => unread.seqs.size === 0)).toBe(true);
  await vi.advanceTimersByTimeAsync(900);
  expect([server.stored.size, server.refused]).toEqual([60, 1]);
  server.left = 2_000;
  await vi.advanceTimersByTimeAsync(1_000);
  expect([server.stored.size, server.refused]).toEqual([1_000, 1]);
  stop();
});
