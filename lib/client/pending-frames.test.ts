import { expect, it } from "vitest";
import type { Frame } from "@/lib/contract/events";
import type { Home } from "@/lib/contract/home";
import type { Membership, Room } from "@/lib/contract/room";
import { putEntry, putRoom } from "./catch-up";
import { applyFrame } from "./room-log";
import { isBehind, type RoomState } from "./room-state";
import { createRoomsStore } from "./stores/rooms";
import { createPendingFrames } from "./pending-frames";

const entryAt = (clock: number) => ({
  room: { id: "a", changedSeq: 0 } as Room,
  membership: { roomId: "a", lastReadSeq: 0, readAtSeq: 0, joinedSeq: 0, tick: 0 } as Membership,
  clock,
  unread: [],
  mentions: [],
  blocksTick: 0,
  groupsTick: 0,
  requestCount: 0,
  lastMessage: null,
});
const frame = (from: number, to: number): Frame => ({ roomId: "a", from, to, rows: [], room: null });

function start() {
  const store = createRoomsStore({ me: { id: "me" }, clock: 1, epoch: "e", rooms: [], people: [] } as unknown as Home);
  const room = () => store.getState().rooms.get("a") as RoomState;
  const apply = (received: Frame) => store.setState((state) => putRoom(state, applyFrame(room(), received)));
  const pendingFrames = createPendingFrames({ store, apply });
  return {
    pendingFrames,
    room,
    addRoom: (clock: number) => store.setState((state) => putEntry(state, entryAt(clock))),
  };
}

it("applies frames that arrived before their room, in any order", () => {
  const { pendingFrames, room, addRoom } = start();
  pendingFrames.keep(frame(6, 7));
  pendingFrames.keep(frame(5, 6));
  pendingFrames.applyToAddedRooms();
  addRoom(5);
  pendingFrames.applyToAddedRooms();
  expect(room().clock).toBe(7);
});

it("leaves the room's clock behind, so that it syncs, if an earlier frame is missing", () => {
  const { pendingFrames, room, addRoom } = start();
  pendingFrames.keep(frame(7, 8));
  addRoom(5);
  pendingFrames.applyToAddedRooms();
  expect(isBehind(room())).toBe(true);
});

it("ignores frames older than the room, and frames of an earlier connection", () => {
  const { pendingFrames, room, addRoom } = start();
  pendingFrames.keep(frame(5, 6));
  pendingFrames.clear();
  pendingFrames.keep(frame(3, 4));
  addRoom(5);
  pendingFrames.applyToAddedRooms();
  expect(room()).toMatchObject({ clock: 5, bufferedFrames: [] });
});
