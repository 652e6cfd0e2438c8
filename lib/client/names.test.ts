import { expect, it } from "vitest";
import { createStore } from "zustand/vanilla";
import type { NamedPerson, Person } from "@/lib/contract/person";
import { offlineError } from "./call-error";
import type { Call } from "./http";
import { createNames } from "./names";
import { createListsStore } from "./stores/lists";
import { createPeopleStore } from "./stores/people";
import type { RoomsState } from "./stores/rooms";

const row = (id: string, more: Partial<NamedPerson> = {}): NamedPerson => ({
  id,
  name: id,
  handle: id,
  role: "member",
  tick: 1,
  ...more,
});
const person = (id: string, more: Partial<Person> = {}) => ({ ...row(id), deactivatedAt: null, ...more }) as Person;

function start(pages: NamedPerson[][], loaded: Person[] = []) {
  const people = createPeopleStore(loaded);
  const initial = { me: { role: "member" }, epoch: "one", rooms: new Map() } as unknown as RoomsState;
  const rooms = createStore(() => initial);
  const lists = createListsStore();
  const server = {
    pages,
    rooms: {} as Record<string, NamedPerson[]>,
    groups: [] as object[],
    onPage: () => {},
    onGroups: async () => {},
  };
  const asked: string[] = [];
  const call = (async (name: string, { roomId, after }: { roomId?: string; after?: string }) => {
    asked.push(`${name} ${roomId ?? ""}${after ?? ""}`.trim());
    if (name === "group.list") {
      const { groups } = server;
      await server.onGroups();
      return { groups, next: null };
    }
    if (roomId) return { people: server.rooms[roomId] ?? [], next: null };
    const at = Number(after ?? 0);
    const answer = { people: server.pages[at] ?? [], next: at + 1 < server.pages.length ? String(at + 1) : null };
    server.onPage();
    return answer;
  }) as unknown as Call;
  const names = createNames({ stores: { people, rooms, lists }, call });
  const put = (...all: Person[]) =>
    people.setState(({ people: before }) => ({
      people: new Map([...before, ...all.map((each) => [each.id, each] as const)]),
    }));
  const known = () =>
    [...names.store.getState().people.values()].map(({ id, name }) => (id === name ? id : `${id} ${name}`));
  return { ...names, server, asked, put, known, rooms, lists };
}

it("All pages are read once, and groups with them", async () => {
  const { load, known, asked, store } = start([[row("ann"), row("bob")], [row("cid")]]);
  await Promise.all([load(), load()]);
  await load();
  expect(known()).toEqual(["ann", "bob", "cid"]);
  expect(store.getState().isComplete).toBe(true);
  expect(asked).toEqual(["person.names", "person.names 1", "group.list"]);
});

it("Groups can be loaded alone: once, and again after they may have changed or a request failed", async () => {
  const { loadGroups, load, asked, server, lists, store } = start([[row("ann")]]);
  server.groups = [{ id: "g", name: "On call", handle: "oncall" }];
  await Promise.all([loadGroups(), loadGroups()]);
  await load();
  expect(asked).toEqual(["group.list", "person.names"]);
  server.groups = [{ id: "g", name: "Pager", handle: "oncall" }];
  lists.setState(({ version }) => ({ version: version + 1 }));
  await loadGroups();
  expect(store.getState().groups.map(({ name }) => name)).toEqual(["Pager"]);
  lists.setState(({ version }) => ({ version: version + 1 }));
  server.onGroups = async () => {
    throw offlineError();
  };
  await expect(loadGroups()).rejects.toThrow();
  server.onGroups = async () => {};
  await loadGroups();
});

it("An older answer never replaces newer groups", async () => {
  const { loadGroups, server, lists, store } = start([[]]);
  server.groups = [{ id: "g", name: "Before", handle: "g" }];
  let answer = () => {};
  server.onGroups = () => new Promise<void>((resolve) => (answer = resolve));
  const older = loadGroups();
  server.groups = [{ id: "g", name: "After", handle: "g" }];
  server.onGroups = async () => {};
  lists.setState({ version: 1 });
  await loadGroups();
  answer();
  await older;
  expect(store.getState().groups.map(({ name }) => name)).toEqual(["After"]);
});

it("Who is loaded is known before anything is read", async () => {
  const { load, known } = start([[row("ann"), row("bob")]], [person("bob"), person("cid")]);
  expect(known()).toEqual(["bob", "cid"]);
  await load();
  expect(known().toSorted()).toEqual(["ann", "bob"]);
});

it("Changes come through the store of people: new names, new people, and who can no longer sign in", async () => {
  const { load, known, put } = start([[row("ann"), row("bob")]]);
  await load();
  put(person("ann", { name: "Anna", tick: 2 }), person("dan", { tick: 3 }));
  put(person("bob", { deactivatedAt: "2026-11-30T09:00:00.000Z", tick: 4 }));
  expect(known()).toEqual(["ann Anna", "dan"]);
});

it("Only changes of what finds people are told", async () => {
  const { load, put, store } = start([[row("ann")]]);
  await load();
  let told = 0;
  store.subscribe(() => (told += 1));
  put(person("ann", { statusText: "Away", tick: 2 }));
  expect(told).toBe(0);
  put(person("ann", { handle: "anna", tick: 3 }));
  expect(told).toBe(1);
});

it("A page never replaces a newer state, and what is heard while pages are read stays", async () => {
  const { load, known, put, server } = start([[row("ann"), row("bob")], [row("cid")]]);
  put(person("ann", { name: "Anna", tick: 5 }));
  server.onPage = () => {
    server.onPage = () => {};
    put(person("zoe", { tick: 6 }), person("cid", { deactivatedAt: "2026-11-30T09:00:00.000Z", tick: 7 }));
  };
  await load();
  expect(known().toSorted()).toEqual(["ann Anna", "bob", "zoe"]);
});

it("A failed request is made again by the next call", async () => {
  const { load, known, server } = start([[row("ann")]]);
  server.onPage = () => {
    throw offlineError();
  };
  await expect(load()).rejects.toThrow();
  server.onPage = () => {};
  await load();
  expect(known()).toEqual(["ann"]);
});

it("A guest's people are read again after the rooms changed, and those whom they no longer see are gone", async () => {
  const { load, known, server, rooms } = start([[row("ann"), row("bob")]]);
  rooms.setState({ me: { role: "guest" } as Person });
  await load();
  expect(known()).toEqual(["ann", "bob"]);
  server.pages = [[row("bob"), row("cid")]];
  await load();
  expect(known()).toEqual(["ann", "bob"]);
  const room = { room: { changedSeq: 4 } };
  rooms.setState({ rooms: new Map([["r", room]]) as never });
  await load();
  expect(known()).toEqual(["bob", "cid"]);
});

it("After a restore from a backup, everything is read again", async () => {
  const { load, known, server, rooms } = start([[row("ann", { tick: 9 })]]);
  await load();
  rooms.setState({ epoch: "two" });
  expect(known()).toEqual([]);
  server.pages = [[row("ann", { name: "Ann", tick: 2 })]];
  await load();
  expect(known()).toEqual(["ann Ann"]);
});

it("The people of a room are read once for each state of it, and the last twenty rooms are kept", async () => {
  const { loadRoom, known, server, asked, store } = start([]);
  server.rooms.r = [row("ann")];
  await Promise.all([loadRoom("r", 3), loadRoom("r", 3)]);
  await loadRoom("r", 3);
  expect(asked).toEqual(["person.names r"]);
  expect(known()).toEqual(["ann"]);
  server.rooms.r = [row("ann"), row("bob")];
  await loadRoom("r", 4);
  expect(store.getState().rooms.get("r")?.ids).toEqual(new Set(["ann", "bob"]));
  for (let at = 0; at < 30; at++) await loadRoom(`other ${at}`, 1);
  expect(store.getState().rooms.size).toBe(20);
  expect(store.getState().rooms.has("r")).toBe(false);
});

it("Groups are read again when they may have changed", async () => {
  const { load, server, lists, store } = start([[]]);
  await load();
  server.groups = [{ id: "g", name: "Oncall", handle: "oncall" }];
  lists.setState({ version: 1 });
  await load();
  expect(store.getState().groups.map(({ name }) => name)).toEqual(["Oncall"]);
});
