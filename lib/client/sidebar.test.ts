import { expect, it } from "vitest";
import type { Room } from "@/lib/contract/room";
import type { Section } from "@/lib/contract/section";
import type { RoomListItem } from "./room-list";
import { arrange, mentionsIn, unreadIn, withChanges, withMoves } from "./sidebar";

const section = (id: string, changes: Partial<Section> = {}): Section => ({
  id,
  name: null,
  emoji: null,
  sort: id === "directs" ? "activity" : "name",
  isCollapsed: false,
  isUnreadOnly: false,
  ...changes,
});
const builtIn = ["favourites", "rooms", "directs"].map((id) => section(id));

interface Given {
  kind?: "channel" | "direct";
  unread?: number;
  mentions?: number;
  sectionId?: string;
  isMuted?: boolean;
  hiddenUpToSeq?: number;
  seq?: number;
  minute?: number;
}
const room = (roomId: string, given: Given = {}): RoomListItem => {
  const {
    kind = "channel",
    unread = 0,
    mentions = 0,
    sectionId = null,
    isMuted = false,
    hiddenUpToSeq = null,
    seq,
    minute = 0,
  } = given;
  const createdAt = `2026-01-01T00:${String(minute).padStart(2, "0")}:00.000Z`;
  return {
    roomId,
    room: { kind, name: kind === "channel" ? roomId : null, createdAt: "2026-01-01T00:10:00.000Z" },
    membership: { sectionId, isMuted, hiddenUpToSeq },
    unread,
    unreadCapped: false,
    mentions,
    lastMessage: seq === undefined ? null : { seq, createdAt },
  } as unknown as RoomListItem;
};

/** What is shown, as ids: "Unread" and the sections that have rooms. */
function shown(rooms: RoomListItem[], options: Partial<Parameters<typeof arrange>[0]> = {}) {
  const titleOf = ({ name }: Room) => name ?? "";
  const current = { roomId: null, wasUnread: false };
  const found = arrange({ rooms, sections: builtIn, titleOf, current, isUnreadOnly: false, ...options });
  const ids = (items: RoomListItem[]) => items.map(({ roomId }) => roomId).join(" ");
  return [
    `unread: ${ids(found.unread)}`,
    ...found.sections.map((listed) => `${listed.section.id}: ${ids(listed.rooms)}`),
  ].filter((line) => !line.endsWith(": "));
}

it("lists rooms in their sections, and a room of a section that no longer exists where it belongs without one", () => {
  const rooms = [
    room("a"),
    room("b", { sectionId: "favourites" }),
    room("c", { sectionId: "mine" }),
    room("d", { sectionId: "deleted" }),
    room("e", { kind: "direct", sectionId: "deleted" }),
  ];
  const sections = [section("mine", { name: "Mine" }), ...builtIn];
  expect(shown(rooms, { sections })).toEqual(["mine: c", "favourites: b", "rooms: a d", "directs: e"]);
});

it("lists direct rooms by their newest message, and hidden rooms only when something was said since", () => {
  const direct = (id: string, given: Given) => room(id, { kind: "direct", ...given });
  const rooms = [
    room("channel"),
    direct("1", { seq: 3, minute: 20 }),
    direct("2", { seq: 9, hiddenUpToSeq: 8, minute: 40 }),
    direct("3", {}),
    direct("4", { hiddenUpToSeq: 1 }),
    direct("5", { seq: 7, hiddenUpToSeq: 7, minute: 50 }),
  ];
  expect(shown(rooms)).toEqual(["rooms: channel", "directs: 2 1 3"]);
});

it("sorts a section by name or by the newest message, with direct rooms by the names of their people", () => {
  const rooms = [
    room("a", { seq: 1, minute: 1, sectionId: "mine" }),
    room("b", { seq: 1, minute: 3, sectionId: "mine" }),
    room("x", { kind: "direct", seq: 1, minute: 2, sectionId: "mine" }),
    room("y", { kind: "direct", seq: 1, minute: 4, sectionId: "mine" }),
  ];
  const titleOf = (_: Room) => "Zoë";
  const by = (sort: Section["sort"]) => shown(rooms, { sections: [section("mine", { sort })], titleOf });
  expect(by("name")).toEqual(["mine: a b x y"]);
  expect(by("activity")).toEqual(["mine: y b x a"]);
});

it("lists unread rooms above the sections, except muted ones and those of a collapsed section", () => {
  const rooms = [
    room("a", { unread: 2 }),
    room("b", { unread: 2, isMuted: true }),
    room("c", { unread: 3, sectionId: "mine" }),
    room("d", { kind: "direct", unread: 1 }),
  ];
  const sections = [section("mine", { isCollapsed: true }), ...builtIn];
  expect(shown(rooms, { sections })).toEqual(["unread: a d", "mine: c", "rooms: b"]);
  expect(unreadIn(rooms)).toBe(6);
});

it("lists a muted room as unread if it mentions me, and counts only its mentions", () => {
  const rooms = [room("a", { unread: 5, mentions: 1, isMuted: true }), room("b", { unread: 2 })];
  expect(shown(rooms)).toEqual(["unread: a b"]);
  expect([unreadIn(rooms), mentionsIn(rooms)]).toEqual([3, 1]);
});

it("leaves the open room where it was when it was opened", () => {
  const current = (wasUnread: boolean) => ({ current: { roomId: "a", wasUnread } });
  expect(shown([room("a"), room("b")], current(true))).toEqual(["unread: a", "rooms: b"]);
  expect(shown([room("a", { unread: 1 }), room("b")], current(false))).toEqual(["rooms: a b"]);
});

it("shows only unread rooms and the open one, in one section or in all", () => {
  const rooms = [
    room("a"),
    room("b", { unread: 1 }),
    room("c", { sectionId: "mine" }),
    room("d", { unread: 1, sectionId: "mine" }),
    room("e", { sectionId: "mine" }),
  ];
  const sections = [section("mine", { isUnreadOnly: true }), ...builtIn];
  const current = { roomId: "c", wasUnread: false };
  expect(shown(rooms, { sections, current })).toEqual(["unread: b d", "mine: c", "rooms: a"]);
  expect(shown(rooms, { sections, current, isUnreadOnly: true })).toEqual(["mine: c d", "rooms: b"]);
  const titleOf = () => "";
  expect(arrange({ rooms, sections, titleOf, current, isUnreadOnly: true }).hiddenCount).toBe(2);
});

it("shows changes that are not confirmed, in their order", () => {
  const ids = (sections: readonly Section[]) => sections.map(({ id }) => id).join(" ");
  const own = "0190a0a0-0000-7000-8000-000000000000";
  const sections = [...builtIn, section(own, { name: "Clients" })];
  const first = { sectionId: own, beforeSectionId: "favourites" } as const;
  const moved = withChanges(sections, [first, { sectionId: "rooms", beforeSectionId: null }]);
  expect(ids(moved)).toBe(`${own} favourites directs rooms`);
  const collapse = { sectionId: own, isCollapsed: true };
  expect(withChanges(sections, [collapse])[3]).toEqual(section(own, { name: "Clients", isCollapsed: true }));
  expect(withChanges(sections, [collapse, { sectionId: own, isCollapsed: false }])).toEqual(sections);
  // Another device may have deleted it.
  expect(withChanges(builtIn, [collapse, first])).toEqual(builtIn);
  expect(withChanges(sections, [])).toBe(sections);

  const rooms = [room("a"), room("b", { sectionId: own })];
  const placed = withMoves(rooms, [
    collapse,
    { roomId: "a", sectionId: own },
    { roomId: "b", sectionId: null },
    { roomId: "a", sectionId: "favourites" },
  ]);
  expect(placed.map(({ membership }) => membership.sectionId)).toEqual(["favourites", null]);
  expect(withMoves(rooms, [collapse])).toBe(rooms);
});
