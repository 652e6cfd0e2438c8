import { expect, it } from "vitest";
import type { Frame } from "@/lib/contract/events";
import type { Home } from "@/lib/contract/home";
import type { Membership, Room } from "@/lib/contract/room";
import { putEntry, putRoom } from "./catch-up";
import { applyFrame } from "./room-log";
import { isBehind, type RoomState } from "./room-state";
import { createRoomsStore } from "./stores/rooms";
import { createStrays } from "./strays";

const entryAt = (clock: number) => ({
  room: { id: "a", changedSeq: 0 } as Room,
  membership: { roomId: "a", lastReadSeq: 0, joinedSeq: 0 } as Membership,
  clock,
  unread: [],
  lastMessage: null,
});
const frame = (from: number, to: number): Frame => ({ roomId: "a", from, to, rows: [], room: null });

function start() {
  const store = createRoomsStore({ me: { id: "me" }, clock: 1, epoch: "e", rooms: [], people: [] } as unknown as Home);
  const room = () => store.getState().rooms.get("a") as RoomState;
  const apply = (heard: Frame) => store.setState((state) => putRoom(state, applyFrame(room(), heard)));
  const strays = createStrays({ store, apply });
  return { strays, room, learn: (clock: number) => store.setState((state) => putEntry(state, entryAt(clock))) };
}

it("applies frames that arrived before their room, in any order", () => {
  const { strays, room, learn } = start();
  strays.keep(frame(6, 7));
  strays.keep(frame(5, 6));
  strays.settle();
  learn(5);
  strays.settle();
  expect(room().clock).toBe(7);
});

it("leaves the room's clock behind, so that it syncs, if an earlier frame is missing", () => {
  const { strays, room, learn } = start();
  strays.keep(frame(7, 8));
  learn(5);
  strays.settle();
  expect(isBehind(room())).toBe(true);
});

it("ignores frames older than the room, and frames of an earlier connection", () => {
  const { strays, room, learn } = start();
  strays.keep(frame(5, 6));
  strays.forget();
  strays.keep(frame(3, 4));
  learn(5);
  strays.settle();
  expect(room()).toMatchObject({ clock: 5, early: [] });
});
