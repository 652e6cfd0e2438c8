import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Home } from "@/lib/contract/home";
import type { Message } from "@/lib/contract/message";
import type { RoomEntry } from "@/lib/contract/room";
import type { Call } from "./http";
import { createRoomsStore } from "./stores/rooms";
import { createTypingStore } from "./stores/typing";
import { createTyping } from "./typing";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start(memberCount = 5) {
  const store = createTypingStore();
  const entry = {
    room: { id: "room", memberCount },
    membership: { roomId: "room" },
    unread: [],
  } as unknown as RoomEntry;
  const rooms = createRoomsStore({ me: { id: "me" }, rooms: [entry], people: [] } as unknown as Home);
  const told: string[] = [];
  const call = (async (name: string) => void told.push(name)) as unknown as Call;
  const typing = createTyping({ store, rooms, call });
  return { ...typing, told, shown: () => [...(store.getState().rooms.get("room")?.keys() ?? [])] };
}
const said = (authorId: string, more: Partial<Message> = {}) =>
  ({ roomId: "room", authorId, editedAt: null, ...more }) as Message;

describe("a person who types", () => {
  it("is shown for six seconds after the latest typing event", () => {
    const { receive, shown } = start();
    receive({ roomId: "room", personId: "ann" });
    vi.advanceTimersByTime(4_000);
    receive({ roomId: "room", personId: "ann" });
    vi.advanceTimersByTime(5_900);
    expect(shown()).toEqual(["ann"]);
    vi.advanceTimersByTime(200);
    expect(shown()).toEqual([]);
  });

  it("is shown for six seconds also if the clock is set meanwhile", () => {
    const { receive, shown } = start();
    for (const ms of [-86_400_000, 86_400_000]) {
      receive({ roomId: "room", personId: "ann" });
      vi.setSystemTime(Date.now() + ms);
      vi.advanceTimersByTime(5_900);
      expect(shown()).toEqual(["ann"]);
      vi.advanceTimersByTime(200);
      expect(shown()).toEqual([]);
    }
  });

  it("is hidden by a new message of theirs, but not by an edit", () => {
    const { receive, removeAuthors, shown } = start();
    receive({ roomId: "room", personId: "ann" });
    receive({ roomId: "room", personId: "bob" });
    removeAuthors("room", [said("ann"), said("bob", { editedAt: "now" })]);
    expect(shown()).toEqual(["bob"]);
  });

  it("is never shown to themselves", () => {
    const { receive, shown } = start();
    receive({ roomId: "room", personId: "me" });
    expect(shown()).toEqual([]);
  });
});

describe("the typing signal", () => {
  it("is sent at most every three seconds, and at once again after a message was sent", () => {
    const { signal, onMessageSent, told } = start();
    signal("room");
    signal("room");
    vi.advanceTimersByTime(2_999);
    signal("room");
    expect(told.length).toBe(1);
    vi.advanceTimersByTime(1);
    signal("room");
    expect(told.length).toBe(2);
    onMessageSent("room");
    signal("room");
    expect(told.length).toBe(3);
  });

  it("is sent also after the clock was set back", () => {
    const { signal, told } = start();
    signal("room");
    vi.setSystemTime(Date.now() - 86_400_000);
    vi.advanceTimersByTime(3_000);
    signal("room");
    expect(told.length).toBe(2);
  });

  it("is not sent in rooms of more than a hundred members", () => {
    const { signal, told } = start(101);
    signal("room");
    expect(told).toEqual([]);
  });
});
