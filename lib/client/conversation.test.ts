import { expect, it } from "vitest";
import { largestTick } from "@/lib/contract/largest-tick";
import { conversationWith, othersIfLeft } from "./conversation";
import type { RoomState } from "./room-state";
import type { RoomsState } from "./stores/rooms";

const room = (roomId: string, kind: "channel" | "direct", directIds: string[], hiddenUpToSeq: number | null = null) =>
  [roomId, { roomId, room: { id: roomId, kind, directIds }, membership: { hiddenUpToSeq } } as RoomState] as const;
const state = (...rooms: ReturnType<typeof room>[]) =>
  ({ me: { id: "me" }, rooms: new Map(rooms) }) as unknown as RoomsState;

it("A conversation is found by exactly its people, in any order", () => {
  const rooms = state(
    room("general", "channel", []),
    room("notes", "direct", ["me"]),
    room("two", "direct", ["bo", "me"]),
    room("three", "direct", ["cy", "me", "bo"]),
  );
  const found = [[], ["bo"], ["bo", "cy"], ["cy", "bo"], ["cy"]].map((ids) => conversationWith(rooms, ids)?.roomId);
  expect(found).toEqual(["notes", "two", "three", "three", undefined]);
});

it("Only a conversation that I left has to be opened again before I write there", () => {
  const rooms = state(
    room("left", "direct", ["bo", "me", "cy"], largestTick),
    room("hidden", "direct", ["bo", "me"], 5),
    room("shown", "direct", ["cy", "me"]),
    room("general", "channel", []),
  );
  const others = ["left", "hidden", "shown", "general", "gone"].map((id) => othersIfLeft(rooms, id));
  expect(others).toEqual([["bo", "cy"], undefined, undefined, undefined, undefined]);
});
