import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Message } from "@/lib/contract/message";
import type { Person } from "@/lib/contract/person";
import { offlineError } from "./call-error";
import type { Call } from "./http";
import { createPeople, mayHaveMissedPeople, peopleIn } from "./people";
import { createPeopleStore } from "./stores/people";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const settle = () => vi.advanceTimersByTimeAsync(20);

const person = (id: string, name = id, tick = 1) => ({ id, name, tick }) as Person;
const numbered = (count: number) => Array.from({ length: count }, (_, n) => `p${n}`);

function start(known: Person[] = []) {
  const store = createPeopleStore(known);
  const asked: string[][] = [];
  const server = { find: (ids: string[]) => ids.map((id) => person(id)) };
  const call = (async (_name: string, { ids }: { ids: string[] }) => {
    asked.push(ids);
    const answer = { people: server.find(ids), next: null };
    people.put(answer.people); // as the rule for this operation in `answers.ts` does
    return answer;
  }) as unknown as Call;
  const people = createPeople({ store, call });
  return { ...people, server, asked, known: () => [...store.getState().people.keys()], store };
}

it("fetches missing people in one request for all that are needed at about the same time", async () => {
  const { loadMissing, asked, known } = start([person("ann")]);
  loadMissing(["ann", "bob"]);
  loadMissing(["bob", "cid"]);
  await settle();
  expect(asked).toEqual([["bob", "cid"]]);
  expect(known()).toEqual(["ann", "bob", "cid"]);
});

it("requests at most 200 people at once", async () => {
  const { loadMissing, asked } = start();
  loadMissing(numbered(450));
  await settle();
  expect(asked.map((ids) => ids.length)).toEqual([200, 200, 50]);
});

it("does not request a person again who was not found, but retries a request that failed", async () => {
  const { loadMissing, server, asked } = start();
  server.find = () => [];
  loadMissing(["ann"]);
  await settle();
  loadMissing(["ann"]);
  await settle();
  expect(asked.length).toBe(1);
  server.find = () => {
    throw offlineError();
  };
  loadMissing(["bob"]);
  await settle();
  expect(asked.slice(1)).toEqual([["bob"]]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked.slice(1)).toEqual([["bob"], ["bob"]]);
});

it("keeps the newest state of a person, whatever arrives last", () => {
  const { put, store } = start([person("ann", "Ann", 5)]);
  put([person("ann", "Anna", 7)]);
  put([person("ann", "Ann", 5)]);
  expect(store.getState().people.get("ann")?.name).toBe("Anna");
  put([person("ann", "Annabel", 7)]);
  expect(store.getState().people.get("ann")?.name).toBe("Annabel");
});

it("forgets everybody after a restore from a backup, takes older states, and requests people again", async () => {
  const { put, clear, loadMissing, asked, known, store } = start([person("ann", "Ann", 5)]);
  loadMissing(["bob"]);
  await settle();
  clear();
  expect(known()).toEqual([]);
  put([person("ann", "Annie", 2)]);
  loadMissing(["bob"]);
  await settle();
  expect(store.getState().people.get("ann")?.name).toBe("Annie");
  expect(asked).toEqual([["bob"], ["bob"]]);
});

it.each(["by itself", "at once after connecting"])(
  "fetches everybody again, and retries a failed request %s",
  async (how) => {
    const { reloadAll, retryNow, server, asked, store } = start(numbered(250).map((id) => person(id)));
    server.find = (ids) => {
      if (asked.length === 2) throw offlineError();
      return ids.map((id) => person(id, "new", 2));
    };
    for (let time = 0; time < 3; time++) reloadAll();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked.map((ids) => ids.length)).toEqual([200, 50]);
    if (how === "at once after connecting") retryNow();
    await vi.advanceTimersByTimeAsync(how === "by itself" ? 1_000 : 0);
    expect(asked.map((ids) => ids.length)).toEqual([200, 50, 50]);
    expect([...store.getState().people.values()].every(({ name }) => name === "new")).toBe(true);
  },
);

it("fetches a person again who may have changed while they were fetched", async () => {
  const { reloadAll, server, asked } = start([person("ann")]);
  reloadAll();
  server.find = (ids) => {
    if (asked.length === 1) reloadAll();
    return ids.map((id) => person(id));
  };
  await vi.advanceTimersByTimeAsync(2_000);
  expect(asked).toEqual([["ann"], ["ann"]]);
});

it.each([
  ["a guest enters a room", "guest", "guest", { a: 1 }, { a: 1, b: 7 }, true],
  ["somebody enters a guest's room", "guest", "guest", { a: 1 }, { a: 2 }, true],
  ["a guest leaves a room", "guest", "guest", { a: 1, b: 7 }, { a: 1 }, false],
  ["nothing changes for a guest", "guest", "guest", { a: 1 }, { a: 1 }, false],
  ["a guest becomes a member", "guest", "member", { a: 1 }, { a: 1 }, true],
  ["a member becomes a guest, who may have entered a room before", "member", "guest", { a: 1 }, { a: 1 }, true],
  ["somebody enters a member's room", "member", "admin", { a: 1 }, { a: 2, b: 7 }, false],
] as const)(
  "when %s, they may have missed changes of people or not",
  (_, before, after, roomsBefore, rooms, expected) => {
    const seen = (role: Person["role"], changedSeqs: Record<string, number>) => ({
      me: { role },
      rooms: new Map(Object.entries(changedSeqs).map(([id, changedSeq]) => [id, { room: { changedSeq } }])),
    });
    expect(mayHaveMissedPeople(seen(after, rooms), seen(before, roomsBefore))).toBe(expected);
  },
);

it("collects the people of messages and notices", () => {
  const messages = [
    { authorId: "ann", notice: { type: "added", personIds: ["bob", "cid"] } },
    { authorId: null, notice: null },
    { authorId: "dan", notice: { type: "created" } },
  ] as Message[];
  expect(peopleIn(messages)).toEqual(["ann", "bob", "cid", "dan"]);
});

it("requests people who were not found again after a minute, also if the clock was set back", async () => {
  const { loadMissing, asked, server } = start();
  server.find = () => [];
  loadMissing(["bob"]);
  await settle();
  vi.setSystemTime(Date.now() - 86_400_000);
  await vi.advanceTimersByTimeAsync(59_000);
  loadMissing(["bob"]);
  await settle();
  expect(asked).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1_000);
  loadMissing(["bob"]);
  await settle();
  expect(asked).toHaveLength(2);
});
