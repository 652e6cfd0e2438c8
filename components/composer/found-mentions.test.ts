import { expect, it } from "vitest";
import { fold } from "@/lib/contract/find";
import type { KnownGroup, KnownPerson } from "@/lib/client/stores/names";
import { findMentions, mentionCandidates } from "./found-mentions";
import { keepOrder } from "./keep-order";

const person = (name: string, handle = name.toLowerCase().replaceAll(" ", ".")): KnownPerson => ({
  id: name,
  name,
  handle,
  role: "member",
  tick: 1,
  texts: [fold(name), fold(handle)],
});
const group = (name: string): KnownGroup => ({
  id: name,
  name,
  handle: name.toLowerCase(),
  memberCount: 2,
  roomCount: null,
  texts: [fold(name), fold(name)],
});
const people = [person("Ada Okafor", "ada"), person("Adela Laurent", "adela"), person("Farid Haddad", "farid")];
const given = {
  people,
  groups: [group("Oncall")],
  words: ["room", "here"] as const,
  memberIds: new Set(["Farid Haddad", "Ada Okafor"]),
  recentIds: [] as string[],
  myId: "me",
};
const found = (query: string, more: Partial<typeof given> | { memberIds: null } = {}) =>
  findMentions(query, mentionCandidates({ ...given, ...more })).map(({ section, item }) => `${section}: ${item.id}`);

it("People of this room come first, then the others", () => {
  expect(found("ad")).toEqual(["here: Ada Okafor", "here: Farid Haddad", "elsewhere: Adela Laurent"]);
  expect(found("lau")).toEqual(["elsewhere: Adela Laurent"]);
});

it("Among equal matches, who wrote last comes first", () => {
  expect(found("", { recentIds: ["Farid Haddad"] })[0]).toBe("here: Farid Haddad");
  expect(found("")[0]).toBe("here: Ada Okafor");
});

it("Groups and everyone are found by their names and by other words", () => {
  expect(found("onc")).toEqual(["groups: Oncall"]);
  expect(found("everyone")).toEqual(["groups: room"]);
  expect(found("her")[0]).toBe("groups: here");
  expect(found("her", { words: [] as never })).toEqual([]);
});

it("Who has exactly this handle comes first, wherever they are", () => {
  const cy = person("Cy Ada Jones", "cyada");
  const memberIds = new Set(["Cy Ada Jones"]);
  expect(found("ada", { people: [...people, cy], memberIds })).toEqual(["elsewhere: Ada Okafor", "here: Cy Ada Jones"]);
  const hereward = person("Hereward", "hereward");
  expect(found("here", { people: [hereward], memberIds: new Set(["Hereward"]) })[0]).toBe("groups: here");
});

it("Accents, one typing error and missing letters don't matter, and I am not offered", () => {
  const all = [person("Élodie Brûlé", "elodie"), person("Nadezhda Konstantinopolskaya", "nadezhda"), person("me")];
  const memberIds = new Set(all.map(({ id }) => id));
  expect(found("elodei", { people: all, memberIds })).toEqual(["here: Élodie Brûlé"]);
  expect(found("brule", { people: all, memberIds })).toEqual(["here: Élodie Brûlé"]);
  expect(found("ndzh", { people: all, memberIds })).toEqual(["here: Nadezhda Konstantinopolskaya"]);
  expect(found("me", { people: all, memberIds, words: [] as never })).toEqual([]);
});

it("While it is not known who is here, everyone is offered together", () => {
  expect(found("ad", { memberIds: null })).toEqual(["here: Ada Okafor", "here: Adela Laurent", "here: Farid Haddad"]);
});

it("What is found later for the same word comes after what is shown, and sections that become known late stay together", () => {
  const options = (...ids: string[]) => ids.map((id) => ({ id, section: "People" }));
  expect(keepOrder(options("b", "c"), options("a", "b", "c", "d"))).toEqual(options("b", "c", "a", "d"));
  expect(keepOrder(options("b", "gone"), options("a", "b"))).toEqual(options("b", "a"));
  expect(keepOrder([], options("a", "b"))).toEqual(options("a", "b"));
  const inSections = ["here: a", "here: b", "elsewhere: c"].map((each) => {
    const [section = "", id = ""] = each.split(": ");
    return { id, section };
  });
  const order = keepOrder(options("b", "c"), inSections).map(({ section, id }) => `${section}: ${id}`);
  expect(order).toEqual(["here: b", "here: a", "elsewhere: c"]);
});

it("A list of 5,000 people answers every key within a frame of 16 ms", () => {
  const [first, last] = [
    "Ada Mara Bo Élodie Farid Nadezhda 思远 Hugo Lena Óscar",
    "Okafor Haddad Müller Laurent Demir",
  ].map((all) => all.split(" ")) as [string[], string[]];
  const all = Array.from({ length: 5_000 }, (_, at) =>
    person(`${first[at % 10]} ${last[at % 5]} ${at.toString(36)}`, `p${at.toString(36)}.${at % 7}`),
  );
  const memberIds = new Set(all.slice(0, 2_500).map(({ id }) => id));
  const candidates = mentionCandidates({ ...given, people: all, memberIds });
  const queries = ["", "a", "ad", "muller", "elodei", "ndz", "okafro12", "zzzz", "xq-nobody", "思远"];
  const slowest = queries.map((query) => {
    const times = Array.from({ length: 7 }, () => {
      const begun = performance.now();
      findMentions(query, candidates);
      return performance.now() - begun;
    });
    return { query, ms: Math.min(...times) };
  });
  const worst = slowest.reduce((a, b) => (a.ms > b.ms ? a : b));
  expect(worst.ms, `“${worst.query}” takes the longest`).toBeLessThan(16);
});
