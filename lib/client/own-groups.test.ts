import { expect, it } from "vitest";
import type { Home } from "@/lib/contract/home";
import type { Membership, Room, RoomEntry } from "@/lib/contract/room";
import { applyHome, applyMyChanges, putEntry } from "./catch-up";
import { needsHome, type RoomsState, stateFromHome } from "./stores/rooms";

/** What the server reads for somebody with the groups of this tick. */
const entry = (groupsTick: number, mentions: number[], clock = 3): RoomEntry => ({
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
  unread: [1, 2, 3],
  mentions,
  blocksTick: 0,
  groupsTick,
  requestCount: 0,
  lastMessage: null,
});
const home = (clock: number, groupsTick: number, mentions: number[]): Home =>
  ({
    me: { id: "me" },
    clock,
    epoch: "one",
    rooms: [entry(groupsTick, mentions)],
    people: [],
    blocks: { people: [], tick: 0 },
    invites: [],
    groupIds: groupsTick > 0 ? ["team"] : [],
    groupsTick,
  }) as unknown as Home;
const mentionsIn = ({ rooms }: RoomsState) => [...(rooms.get("room")?.unread.mentions.seqs ?? [])];
const change = { from: 5, to: 6, changes: [{ type: "groups" as const, groupIds: ["team"], tick: 6 }] };

it("after my groups change, a home that was read with them says what mentions me", () => {
  const changed = applyMyChanges(stateFromHome(home(5, 0, [])), change);
  expect([needsHome(changed), changed.groupIds]).toEqual([true, ["team"]]);
  const early = applyHome({ ...changed, clock: 0 }, home(5, 0, []));
  expect([needsHome(early), early.groupsTick], "one from before").toEqual([true, 6]);
  const corrected = applyHome({ ...early, clock: 0 }, home(6, 6, [2]));
  expect(needsHome(corrected)).toBe(false);
  expect(mentionsIn(corrected)).toEqual([2]);
  expect(applyMyChanges({ ...corrected, clock: 5 }, change).rooms, "it is applied once").toEqual(corrected.rooms);
});

it("an entry that was read with earlier groups asks for another one", () => {
  const state = stateFromHome(home(6, 6, [2]));
  expect(needsHome(state)).toBe(false);
  expect(needsHome(putEntry(state, entry(0, [], 4)))).toBe(true);
  expect(needsHome(putEntry(state, entry(6, [2], 4)))).toBe(false);
});

it("a home of the previous version, which knows no mentions, ends the asking", () => {
  const { groupsTick: _, ...older } = home(5, 0, []);
  const rooms = older.rooms.map(({ groupsTick: __, mentions: ___, ...rest }) => rest);
  const state = stateFromHome({ ...older, rooms } as unknown as Home);
  expect([needsHome(state), mentionsIn(state)]).toEqual([false, []]);
});
