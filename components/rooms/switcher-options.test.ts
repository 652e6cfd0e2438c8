import { expect, test } from "vitest";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import type { Person } from "@/lib/contract/person";
import type { Room } from "@/lib/contract/room";
import { findJoinable, findRoomsAndPeople, areInexact, newRoomName } from "./switcher-options";

const named = (name: string, more: Partial<Room> = {}) =>
  ({ id: name, name, kind: "channel", archivedAt: null, ...more }) as Room;
const item = (name: string, unread = 0, more: Partial<Room> = {}) =>
  ({ roomId: name, room: named(name, more), membership: { hiddenUpToSeq: null }, unread }) as RoomListItem;
const person = (name: string) => ({ id: name, name, handle: name }) as Person;
const names = (options: { item: { roomId?: string; id?: string } }[]) =>
  options.map((option) => option.item.roomId ?? option.item.id);
const nowhere = { currentId: null, recent: [] };

test("without a query: unread first, then where one was lately, then by name, the archived last, and not the open one", () => {
  const rooms = [
    item("admin"),
    item("attic", 3, { archivedAt: "2026-11-20T09:00:00.000Z" }),
    item("berlin"),
    item("cats", 2),
    item("design"),
    item("east", 1),
  ];
  const given = { currentId: "berlin", recent: ["berlin", "design", "east"] };
  expect(names(findRoomsAndPeople(rooms, [], " ", given))).toEqual(["east", "cats", "design", "admin", "attic"]);
});

test("with a query the best match comes first, and unread, recent and open rooms first among equals", () => {
  const rooms = [
    item("dev-archive", 9, { archivedAt: "2026-11-20T09:00:00.000Z" }),
    item("dev-build"),
    item("dev-chat"),
    item("dev-docs", 1),
    item("the-dev", 5),
  ];
  expect(names(findRoomsAndPeople(rooms, [], "dev", { currentId: null, recent: ["dev-chat"] }))).toEqual([
    "dev-docs",
    "dev-chat",
    "dev-build",
    "dev-archive",
    "the-dev",
  ]);
});

test("people are found with the rooms: # leaves them out, @ leaves only them and conversations", () => {
  const rooms = [item("boathouse"), item("Bo Larsen", 0, { kind: "direct" })];
  const people = [person("Bodo"), person("Zoë")];
  const found = (query: string) => names(findRoomsAndPeople(rooms, people, query, nowhere));
  expect(new Set(found("bo"))).toEqual(new Set(["Bo Larsen", "Bodo", "boathouse"]));
  expect(found("#bo")).toEqual(["boathouse"]);
  expect(new Set(found("@bo"))).toEqual(new Set(["Bo Larsen", "Bodo"]));
  expect(found("zoe")).toEqual(["Zoë"]);
  // Nobody is listed without a query, and an exact match leaves out those that are not.
  expect(found("")).toEqual(["boathouse", "Bo Larsen"]);
  expect(names(findRoomsAndPeople([item("b-e-a-ch")], [person("Bea")], "bea", nowhere))).toEqual(["b-e-a-ch", "Bea"]);
  expect(names(findRoomsAndPeople([item("big-ear-tags")], [person("Bea")], "bea", nowhere))).toEqual(["Bea"]);
});

test("a slip is said to be one", () => {
  const rooms = [item("release-notes")];
  expect(areInexact(findRoomsAndPeople(rooms, [], "relaese", nowhere))).toBe(true);
  expect(areInexact(findRoomsAndPeople(rooms, [], "release", nowhere))).toBe(false);
  expect(areInexact([])).toBe(false);
});

test("what was found to join for an earlier query is not shown for another", () => {
  const rooms = [named("release-party"), named("trading")];
  expect(names(findJoinable(rooms, "relaese"))).toEqual(["release-party"]);
  expect(names(findJoinable(rooms, "garden"))).toEqual([]);
  expect(names(findJoinable(rooms, ""))).toEqual([]);
});

test("a new room is offered by the name that was typed, unless there is one that reads the same", () => {
  const known = [named("release-2-4")];
  expect(newRoomName(" #release ", known)).toBe("release");
  expect(newRoomName("Release 2.4", known)).toBeNull();
  expect(newRoomName("#", known)).toBeNull();
  expect(newRoomName("x".repeat(500), known)?.length).toBeLessThanOrEqual(100);
});

test("a thousand rooms and three hundred people are found in a few milliseconds", () => {
  const rooms = Array.from({ length: 1_000 }, (_, at) => item(`project-${at}-${["alpha", "beta"][at % 2]}`, at % 7));
  const people = Array.from({ length: 300 }, (_, at) => person(`Person ${at}`));
  const times = Array.from({ length: 5 }, () => {
    const begun = performance.now();
    findRoomsAndPeople(rooms, people, "projcet 77", nowhere);
    return performance.now() - begun;
  });
  expect(Math.min(...times)).toBeLessThan(20);
});
