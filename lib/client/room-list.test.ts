import { expect, it } from "vitest";
import type { RoomEntry } from "@/lib/contract/room";
import { createRoomList } from "./room-list";
import { applyMembership } from "./room-log";
import { createRoom, type RoomState } from "./room-state";

const room = (id: string, name: string | null): RoomState =>
  createRoom(
    {
      room: { id, name, changedSeq: 0 },
      membership: { roomId: id, role: "member", lastReadSeq: 0, readAtSeq: 0, joinedSeq: 0, tick: 0 },
      clock: 9,
      unread: [9],
      lastMessage: null,
    } as unknown as RoomEntry,
    "me",
  );
const mapOf = (...rooms: RoomState[]) => new Map(rooms.map((state) => [state.roomId, state]));

it("sorts by name: accents do not send a name to the end, and emoji come first", () => {
  const rooms = mapOf(room("1", "Zoë"), room("2", "Ézqq"), room("3", "Fin"), room("4", "🎉 party"), room("5", "Ada"));
  const names = createRoomList()(rooms).map((item) => item.room.name);
  expect(names).toEqual(["🎉 party", "Ada", "Ézqq", "Fin", "Zoë"]);
});

it("sorts by name: case-insensitive, numbers by value", () => {
  const rooms = mapOf(room("1", "release 10"), room("2", "Alpha"), room("3", "release 9"), room("4", "beta"));
  expect(createRoomList()(rooms).map((item) => item.room.name)).toEqual(["Alpha", "beta", "release 9", "release 10"]);
});

it("returns the same list while nothing changed, and else the same unchanged items", () => {
  const listOf = createRoomList();
  const [a, b] = [room("1", "a"), room("2", "b")];
  const first = listOf(mapOf(a, b));
  expect(listOf(mapOf({ ...a, clock: 10 }, b))).toBe(first);
  const second = listOf(mapOf(applyMembership(a, { ...a.membership, lastReadSeq: 9 }), b));
  expect(second[0]).toMatchObject({ unread: 0, unreadCapped: false });
  expect(second[1]).toBe(first[1]);
});
