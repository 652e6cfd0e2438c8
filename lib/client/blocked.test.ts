import { describe, expect, it } from "vitest";
import type { Blocks } from "@/lib/contract/block";
import type { Home } from "@/lib/contract/home";
import type { Message } from "@/lib/contract/message";
import type { Membership, Room, RoomEntry } from "@/lib/contract/room";
import type { RoomInvite } from "@/lib/contract/room-invite";
import { isWithBlockedOnly } from "./blocked";
import { applyHome, applyMyChanges, putBlocks, putEntry } from "./catch-up";
import { isListed, roomListItem } from "./room-list";
import { applyFrame } from "./room-log";
import { needsHome, type RoomsState, stateFromHome } from "./stores/rooms";

const message = (seq: number, authorId: string): Message =>
  ({ id: `m${seq}`, seq, changedSeq: seq, kind: "person", authorId, body: "", deletedAt: null }) as Message;
const log = [message(1, "ann"), message(2, "bo"), message(3, "ann")];

/** What the server reads for somebody who blocks these people. */
const entry = (blocked: string[], blocksTick: number, clock = 3): RoomEntry => {
  const heard = log.filter(({ seq, authorId }) => seq <= clock && !blocked.includes(authorId ?? ""));
  return {
    room: { id: "room", kind: "channel", directIds: [], changedSeq: 1 } as unknown as Room,
    membership: {
      roomId: "room",
      lastReadSeq: 0,
      readAtSeq: 0,
      joinedSeq: 0,
      hiddenUpToSeq: null,
      tick: 0,
    } as Membership,
    clock,
    unread: heard.map(({ seq }) => seq),
    mentions: [],
    blocksTick,
    groupsTick: 0,
    requestCount: 0,
    lastMessage: heard.at(-1) ?? null,
  };
};
const blocks = (tick: number, ...ids: string[]): Blocks => {
  return { people: ids.map((personId) => ({ personId, blockedAt: "2026-01-01T00:00:00.000Z" })), tick };
};
const invite = (id: string, inviter: string) =>
  ({ id, tick: 1, state: "pending", person: { id: "me" }, inviter: { id: inviter } }) as RoomInvite;
const home = (clock: number, tick: number, ...ids: string[]): Home =>
  ({
    me: { id: "me" },
    clock,
    epoch: "one",
    rooms: [entry(ids, tick)],
    people: [],
    blocks: blocks(tick, ...ids),
    invites: [invite("2", "bo"), invite("1", "ann")].filter(({ inviter }) => !ids.includes(inviter.id)),
  }) as unknown as Home;
const shown = ({ rooms, invites }: RoomsState) => {
  const room = rooms.get("room");
  return { unread: [...(room?.unread.seqs ?? [])], last: room?.lastMessage?.id, invites: invites.map(({ id }) => id) };
};
const all = { unread: [1, 2, 3], last: "m3", invites: ["2", "1"] };
const withoutAnn = { unread: [2], last: "m2", invites: ["2"] };

describe("after I block somebody", () => {
  const blocked = putBlocks(stateFromHome(home(5, 0)), blocks(6, "ann"));

  it("their invites leave at once, and what a home must say about unread messages is right when it comes", () => {
    expect(shown(blocked).invites).toEqual(["2"]);
    expect(needsHome(blocked)).toBe(true);
    const corrected = applyHome(blocked, home(6, 6, "ann"));
    expect(shown(corrected)).toEqual(withoutAnn);
    expect(needsHome(corrected)).toBe(false);
  });

  it("what is loaded is right at once", () => {
    const frame = { roomId: "room", from: 0, to: 3, rows: log, room: null };
    const state = stateFromHome({ ...home(5, 0), rooms: [entry([], 0, 0)] });
    const room = state.rooms.get("room");
    const rooms = new Map(
      room && [["room", applyFrame({ ...room, ranges: [{ from: 0, to: Infinity, messages: [] }] }, frame)]],
    );
    expect(shown({ ...state, rooms })).toEqual(all);
    expect(shown(putBlocks({ ...state, rooms }, blocks(6, "ann")))).toEqual(withoutAnn);
    const again = putBlocks(putBlocks({ ...state, rooms }, blocks(6, "ann")), blocks(7));
    expect(shown(again)).toMatchObject({ unread: [2, 1, 3], last: "m3" });
  });

  it("a home that was read before it does not bring them back, and another one is needed", () => {
    const state = applyHome({ ...blocked, clock: 0 }, home(5, 0));
    expect(shown(state)).toMatchObject({ invites: ["2"] });
    expect([needsHome(state), state.blocks.tick]).toEqual([true, 6]);
    expect(shown(applyHome({ ...state, clock: 0 }, home(6, 6, "ann")))).toEqual(withoutAnn);
  });

  it("so is one for a room whose entry was read before it", () => {
    const corrected = applyHome(blocked, home(6, 6, "ann"));
    const later = putEntry(corrected, { ...entry([], 0, 3), clock: 4 });
    expect(needsHome(later)).toBe(true);
    expect(needsHome(putEntry(corrected, { ...entry(["ann"], 6, 3), clock: 4 }))).toBe(false);
  });
});

it("a home of the previous version, which knows no blocks, ends the asking", () => {
  const blocked = putBlocks(stateFromHome(home(5, 0)), blocks(6, "ann"));
  const { blocks: _, ...older } = home(6, 0);
  const rooms = older.rooms.map(({ blocksTick: __, ...rest }) => rest);
  const state = applyHome(blocked, { ...older, rooms } as unknown as Home);
  expect([needsHome(state), state.blocks.tick]).toEqual([false, 6]);
  expect(shown(state).invites).toEqual(["2"]);
});

it("after I unblock somebody, a home brings everything back", () => {
  const state = putBlocks(stateFromHome(home(6, 6, "ann")), blocks(7));
  expect(needsHome(state)).toBe(true);
  expect(shown(applyHome(state, home(7, 7)))).toEqual(all);
});

it("a change of my blocks from another device is applied once, with their messages that come later", () => {
  const event = { from: 5, to: 6, changes: [{ type: "blocks" as const, blocks: blocks(6, "ann") }] };
  const state = applyMyChanges(stateFromHome(home(5, 0)), event);
  expect([...state.blocked.ids]).toEqual(["ann"]);
  expect(putBlocks(state, blocks(5)), "an older one").toBe(state);
  const room = state.rooms.get("room");
  const rows = [message(4, "ann"), message(5, "bo")];
  const next = room && applyFrame(room, { roomId: "room", from: 3, to: 5, rows, room: null });
  expect(next?.unread.seqs.has(4)).toBe(false);
  expect(next?.unread.seqs.has(5)).toBe(true);
  expect(next?.lastMessage?.id).toBe("m5");
});

it("a direct room is left out of my lists if I block everybody else in it", () => {
  const direct = (...directIds: string[]) =>
    ({ id: "room", kind: "direct", directIds, changedSeq: 1 }) as unknown as Room;
  const { blocked } = stateFromHome(home(6, 6, "ann", "bo"));
  expect(isWithBlockedOnly(direct("ann", "me"), "me", blocked)).toBe(true);
  expect(isWithBlockedOnly(direct("ann", "bo", "me"), "me", blocked)).toBe(true);
  expect(isWithBlockedOnly(direct("ann", "cy", "me"), "me", blocked)).toBe(false);
  expect(isWithBlockedOnly(direct("me"), "me", blocked), "notes to myself").toBe(false);
  const state = putEntry(stateFromHome(home(6, 6, "ann")), { ...entry(["ann"], 6), room: direct("ann", "me") });
  const room = state.rooms.get("room");
  expect(room && isListed(roomListItem({ ...room, room: direct("ann", "me") }))).toBe(false);
});
