import { describe, expect, it } from "vitest";
import type { Home, MeChange } from "@/lib/contract/home";
import type { Message, MessagePage } from "@/lib/contract/message";
import type { ChosenPresence } from "@/lib/contract/presence";
import { automaticPresence } from "@/lib/contract/presence-choice";
import type { Membership, Room, RoomEntry } from "@/lib/contract/room";
import { applySyncAnswer, applyMyChanges, dropRoom, putChosenPresence, putEntry, putRoom } from "./catch-up";
import { dropSent } from "./draft-state";
import { newestMessages } from "./ranges";
import { applyPage, markPagePending } from "./room-pages";
import { applyEntry, applyFrame, applySync } from "./room-log";
import { createRoom, isBehind, type RoomState } from "./room-state";
import { type RoomsState, stateFromHome } from "./stores/rooms";

const entry = (id: string, clock: number, membership: Partial<Membership> = {}): RoomEntry => ({
  room: { id, name: id, changedSeq: 1 } as Room,
  membership: {
    roomId: id,
    role: "member",
    lastReadSeq: 0,
    readAtSeq: 0,
    joinedSeq: 1,
    floorSeq: 0,
    hiddenUpToSeq: null,
    isMuted: false,
    sectionId: null,
    tick: 0,
    ...membership,
  },
  clock,
  unread: [],
  mentions: [],
  blocksTick: 0,
  groupsTick: 0,
  requestCount: 0,
  lastMessage: null,
});
const home = (clock: number, rooms: RoomEntry[], epoch = "one") =>
  ({ me: { id: "me" }, clock, epoch, rooms, people: [], invites: [] }) as unknown as Home;
const message = (seq: number) => ({ id: `m${seq}`, seq, changedSeq: seq, kind: "person", authorId: "ann" }) as Message;
const page = (clock: number, ...seqs: number[]): MessagePage => ({
  messages: seqs.map(message),
  clock,
  floorSeq: 0,
  before: false,
  after: false,
  people: [],
});
const answer = (more: object) => ({
  epoch: "one",
  home: null,
  me: null,
  organization: null,
  rooms: {},
  later: [],
  people: [],
  ...more,
});
const asked = (state: RoomsState) =>
  new Map([...state.rooms.values()].map((room) => [room.roomId, room.membership.joinedSeq]));

/** A state with my clock at 10, one room with a loaded log, and another room. */
function begin(): RoomsState {
  const state = stateFromHome(home(10, [entry("loaded", 5), entry("other", 5)]));
  const room = state.rooms.get("loaded");
  const place = { newest: true } as const;
  return room ? putRoom(state, applyPage(markPagePending(room, place), place, page(5, 4, 5))) : state;
}
const seqs = (state: RoomsState, id: string) => newestMessages(state.rooms.get(id)?.ranges ?? []).map(({ seq }) => seq);

describe("the answer of a sync", () => {
  it("is applied if it starts at the room's clock", () => {
    const rooms = { loaded: { kind: "delta", from: 5, to: 6, rows: [message(6)], room: null } };
    const state = applySyncAnswer(begin(), asked(begin()), answer({ rooms }));
    expect(seqs(state, "loaded")).toEqual([4, 5, 6]);
    expect(state.rooms.get("loaded")?.clock).toBe(6);
  });

  it("drops a room's log when too much was missed, and has the unread messages of the entry", () => {
    const limited = { kind: "limited", entry: { ...entry("loaded", 900), unread: [899, 900] } };
    const state = applySyncAnswer(begin(), asked(begin()), answer({ rooms: { loaded: limited } }));
    expect(state.rooms.get("loaded")).toMatchObject({
      clock: 900,
      ranges: [],
      loadState: "notLoaded",
      unread: { seqs: new Set([899, 900]) },
    });
  });

  it("removes a room that I have left", () => {
    const state = applySyncAnswer(begin(), asked(begin()), answer({ rooms: { other: { kind: "gone" } } }));
    expect([...state.rooms.keys()]).toEqual(["loaded"]);
  });

  it("does not remove a room that I joined again in the meantime", () => {
    const then = asked(begin());
    const back = putEntry(dropRoom(begin(), "other"), entry("other", 9, { joinedSeq: 9 }));
    const state = applySyncAnswer(back, then, answer({ rooms: { other: { kind: "gone" } } }));
    expect(state.rooms.has("other")).toBe(true);
  });

  it("with a newer home, adds and removes rooms but keeps loaded logs", () => {
    const newer = home(12, [entry("loaded", 7, { role: "admin" }), entry("new", 1)]);
    const state = applySyncAnswer(begin(), asked(begin()), answer({ home: newer }));
    expect([...state.rooms.keys()]).toEqual(["loaded", "new"]);
    expect(seqs(state, "loaded")).toEqual([4, 5]);
    // The log is still at tick 5. Later changes arrive as frames or by sync.
    expect(state.rooms.get("loaded")).toMatchObject({ clock: 5, membership: { role: "admin" } });
    expect(state.clock).toBe(12);
  });

  it("with a newer home, keeps the organization's clock, and what is newer than the home of me and my organization", () => {
    const named = (name: string, tick: number) => ({ id: "me", handle: "us", name, tick }) as never;
    const now = { ...begin(), organizationClock: 7, organization: named("Acme", 6), me: named("Ada", 7) };
    const told = { organizationClock: 9, organization: named("Acme Inc.", 9), me: named("Ad", 5) };
    const state = applySyncAnswer(now, asked(now), answer({ home: { ...home(12, []), ...told } }));
    expect(state).toMatchObject({ organizationClock: 7, organization: { name: "Acme Inc." }, me: { name: "Ada" } });
    const other = applySyncAnswer(now, asked(now), answer({ epoch: "two", home: { ...home(2, [], "two"), ...told } }));
    expect(other).toMatchObject({ organizationClock: 9, me: { name: "Ad" } });
  });

  it("keeps preferences that are newer than those of the home or of a change", () => {
    const prefer = (messageLayout: "rows" | "bubbles", tick: number) => ({ messageLayout, tick });
    const now = { ...begin(), preferences: prefer("rows", 9) };
    const change = (preferences: object, to: number) =>
      answer({ me: { from: 10, to, more: false, changes: [{ type: "preferences", preferences }] } });
    const after = (given: ReturnType<typeof answer>) =>
      applySyncAnswer(now, asked(now), given).preferences.messageLayout;
    expect(after(change(prefer("bubbles", 11), 11))).toBe("bubbles");
    expect(after(change(prefer("bubbles", 8), 11))).toBe("rows");
    expect(after(answer({ home: { ...home(12, []), preferences: prefer("bubbles", 8) } }))).toBe("rows");
    expect(after(answer({ home: { ...home(12, []), preferences: prefer("bubbles", 12) } }))).toBe("bubbles");
    expect(after(answer({ home: home(12, []) })), "a home of the previous version has none").toBe("rows");
  });

  it("keeps drafts that are newer than those of the home, and drops those that the home does not have", () => {
    const draft = (roomId: string, tick: number, text = roomId) => ({
      roomId,
      id: `m${tick}`,
      text,
      isWhole: true,
      tick,
    });
    const change = (...drafts: object[]) =>
      answer({
        me: { from: 10, to: 11, more: false, changes: drafts.map((each) => ({ type: "draft", draft: each })) },
      });
    const before = applySyncAnswer(begin(), asked(begin()), change(draft("a", 9), draft("b", 8), draft("c", 13)));
    const textsAfter = (state: RoomsState) => [...state.drafts.values()].map(({ text }) => text).toSorted();
    expect(textsAfter(before)).toEqual(["a", "b", "c"]);
    const drafts = [draft("a", 9, "old"), draft("c", 5, "old")];
    const after = applySyncAnswer(before, asked(before), answer({ home: { ...home(12, []), drafts } }));
    expect(textsAfter(after)).toEqual(["c", "old"]);
    // What was seen as a message stays empty, also if the home was read before.
    const sent = dropSent(before, [{ id: "m9", roomId: "a" }]);
    expect(sent.drafts.get("a")?.text).toBe("");
    const later = applySyncAnswer(sent, asked(sent), answer({ home: { ...home(12, []), drafts } }));
    expect(later.drafts.get("a")?.text).toBe("");
    const none = applySyncAnswer(before, asked(before), answer({ home: { ...home(12, []), drafts: [] } }));
    expect(textsAfter(none)).toEqual(["c"]);
    const ofPreviousVersion = applySyncAnswer(before, asked(before), answer({ home: home(12, []) }));
    expect(textsAfter(ofPreviousVersion), "a home of the previous version has none").toEqual(["a", "b", "c"]);
  });

  it("ignores a home that is older than the state", () => {
    const now = { ...begin(), clock: 15 };
    expect(applySyncAnswer(now, asked(now), answer({ home: home(12, []) })).rooms.size).toBe(2);
  });

  it("replaces everything when the epoch changed", () => {
    const restored = { epoch: "two", home: home(3, [entry("loaded", 2)], "two"), rooms: {} };
    const state = applySyncAnswer(begin(), asked(begin()), answer(restored));
    expect(state).toMatchObject({ epoch: "two", clock: 3 });
    expect(state.rooms.get("loaded")).toMatchObject({ clock: 2, loadState: "notLoaded", ranges: [] });
  });
});

describe("after I was removed from a room and joined it again, with another floor", () => {
  const newest = { newest: true } as const;
  const rejoined = entry("other", 30, { joinedSeq: 30, floorSeq: 29, tick: 12 });
  const late = { ...page(31, 30, 31), floorSeq: 29 };
  const waiting = () => {
    const state = begin();
    return putRoom(state, markPagePending(state.rooms.get("other") as RoomState, newest));
  };

  it("does not show the log from there on as the whole log of the earlier membership", () => {
    const room = applyPage(waiting().rooms.get("other") as RoomState, newest, late);
    expect(room).toMatchObject({ window: null, loadState: "loading", ranges: [] });
    const state = putEntry(putRoom(waiting(), room), rejoined);
    const again = markPagePending(state.rooms.get("other") as RoomState, newest);
    expect(again).toMatchObject({ clock: 30, membership: { floorSeq: 29 } });
    expect(applyPage(again, newest, late)).toMatchObject({ loadState: "loaded", window: { from: 0 } });
  });

  it("keeps a frame that arrived before the entry and is newer than it", () => {
    const frame = { roomId: "other", from: 30, to: 31, rows: [message(31)], room: null };
    const buffered = applyFrame(begin().rooms.get("other") as RoomState, frame);
    const room = putEntry(putRoom(begin(), buffered), rejoined).rooms.get("other") as RoomState;
    expect(room).toMatchObject({ clock: 31, lastMessage: { seq: 31 }, bufferedFrames: [] });
  });

  it("requests the room again if an answer that is newer than the entry arrived before it", () => {
    const delta = { kind: "delta", from: 5, to: 31, rows: [message(31)], room: null };
    const ahead = applySyncAnswer(begin(), asked(begin()), answer({ rooms: { other: delta } }));
    const room = putEntry(ahead, rejoined).rooms.get("other") as RoomState;
    expect([room.clock, isBehind(room)]).toEqual([30, true]);
    const caughtUp = applySync(room, { ...delta, kind: "delta", from: 30 });
    expect([caughtUp.clock, isBehind(caughtUp)]).toEqual([31, false]);
  });

  it("drops an older page with it", () => {
    const state = begin();
    const older = { before: 4 };
    const room = applyPage(markPagePending(state.rooms.get("loaded") as RoomState, older), older, late);
    expect(room).toMatchObject({ loadState: "loaded", pendingPages: [] });
    expect(newestMessages(room.ranges).map(({ seq }) => seq)).toEqual([4, 5]);
  });

  it("keeps the earlier membership until the entry drops what is loaded", () => {
    const membership = { ...rejoined.membership, roomId: "loaded" };
    const read = applyMyChanges(begin(), { from: 10, to: 11, changes: [{ type: "read", membership }] });
    expect(read.rooms.get("loaded")).toMatchObject({ membership: { floorSeq: 0 } });
    expect(seqs(read, "loaded")).toEqual([4, 5]);
    expect(seqs(putEntry(read, { ...rejoined, room: read.rooms.get("loaded")?.room as Room }), "loaded")).toEqual([]);
  });
});

describe("a `me` event", () => {
  const read = (lastReadSeq: number) => ({
    type: "read" as const,
    membership: entry("other", 0, { lastReadSeq }).membership,
  });

  it("is applied only at the next tick", () => {
    const readTo = (clock: number) =>
      applyMyChanges(begin(), { from: clock - 1, to: clock, changes: [read(4)] }).rooms.get("other")?.membership
        .lastReadSeq;
    expect(readTo(10)).toBe(0);
    expect(readTo(11)).toBe(4);
    expect(readTo(12)).toBe(0);
  });

  it("is passed over if a newer server sent a type of change that this client does not have", () => {
    const changes = [
      { type: "later", later: 1 },
      { type: "gone", roomId: "other" },
    ] as unknown as MeChange[];
    const state = applyMyChanges(begin(), { from: 10, to: 11, changes });
    expect([...state.rooms.keys(), state.clock]).toEqual(["loaded", 11]);
  });

  it("never moves a read position back", () => {
    const ahead = applyMyChanges(begin(), { from: 10, to: 11, changes: [read(4)] });
    const state = applyMyChanges(ahead, { from: 11, to: 12, changes: [read(2)] });
    expect(state.rooms.get("other")?.membership.lastReadSeq).toBe(4);
  });

  it("adds and removes rooms", () => {
    const changes = [
      { type: "entry" as const, entry: entry("new", 3) },
      { type: "gone" as const, roomId: "other" },
    ];
    expect([...applyMyChanges(begin(), { from: 10, to: 11, changes }).rooms.keys()]).toEqual(["loaded", "new"]);
  });

  it("replaces what I chose to be seen as, unless a later answer came first", () => {
    const chosen = (choice: ChosenPresence["choice"], tick: number) => ({ choice, until: null, tick });
    const before = { ...begin(), chosenPresence: automaticPresence };
    const change = { type: "presence" as const, chosenPresence: chosen("dnd", 11) };
    const event = { from: 10, to: 11, changes: [change] };
    expect(applyMyChanges(before, event).chosenPresence).toEqual(chosen("dnd", 11));
    const answered = putChosenPresence(before, chosen("offline", 12));
    expect(putChosenPresence(answered, chosen("auto", 12)).chosenPresence.choice).toBe("auto");
    expect(putChosenPresence(answered, chosen("auto", 11))).toBe(answered);
    expect(applyMyChanges(answered, event)).toMatchObject({ clock: 11, chosenPresence: chosen("offline", 12) });
    const older = { ...home(12, []), chosenPresence: chosen("dnd", 11) };
    expect(applySyncAnswer(answered, asked(answered), answer({ home: older }))).toMatchObject({
      clock: 12,
      chosenPresence: chosen("offline", 12),
    });
  });
});

describe("the last message of a room whose log is not loaded", () => {
  const deleted = (seq: number, changedSeq: number) => ({ ...message(seq), changedSeq, deletedAt: "now" }) as Message;
  const change = (from: number, ...rows: Message[]) => ({ roomId: "room", from, to: from + 1, rows, room: null });
  const unloaded = () => createRoom({ ...entry("room", 5), lastMessage: { ...message(5), deletedAt: null } }, "me");

  it("is not known when it was deleted, which does not mean that there is none", () => {
    const room = applyFrame(unloaded(), change(5, deleted(5, 6)));
    expect(room.lastMessage).toMatchObject({ seq: 5, deletedAt: "now" });
    // An older message that was edited is not the last one: there may be others after it.
    const edited = { ...message(2), changedSeq: 7, editedAt: "now" } as Message;
    expect(applyFrame(room, change(6, edited)).lastMessage).toMatchObject({ seq: 5 });
  });

  it("is known again from the next message, from an entry and from the log", () => {
    const room = applyFrame(unloaded(), change(5, deleted(5, 6)));
    expect(applyFrame(room, change(6, message(7))).lastMessage).toMatchObject({ seq: 7 });
    expect(applyEntry(room, { ...entry("room", 7), lastMessage: message(4) }).lastMessage).toMatchObject({ seq: 4 });
    expect(applyEntry(room, { ...entry("room", 7), lastMessage: null }).lastMessage).toBeNull();
    const query = { newest: true } as const;
    const load = (...places: number[]) =>
      applyPage(markPagePending(room, query), query, page(6, ...places)).lastMessage;
    expect(load(2, 4)).toMatchObject({ seq: 4 });
    expect(load()).toBeNull();
  });

  it("is none if all messages are loaded and deleted", () => {
    const query = { newest: true } as const;
    const loaded = applyPage(markPagePending(unloaded(), query), query, page(5, 5));
    expect(applyFrame(loaded, change(5, deleted(5, 6))).lastMessage).toBeNull();
    const hasOlder = applyPage(markPagePending(unloaded(), query), query, { ...page(5, 5), before: true });
    expect(applyFrame(hasOlder, change(5, deleted(5, 6))).lastMessage).toMatchObject({ seq: 5, deletedAt: "now" });
  });
});
