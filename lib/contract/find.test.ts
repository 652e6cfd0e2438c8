import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inexactFrom, findIn, finder, isSameName } from "./find";

const rooms = [
  "developer",
  "design",
  "release-2-4",
  "release-notes",
  "project-7",
  "project-77",
  "lunch-and-long-walks-berlin",
  "上海办公室",
  "General",
  "Núñez Pérez",
  "incident-2026-11-17-queue-depth",
  "announcements",
  "trading-desk",
  "security",
  "Øresund straße",
  ...Array.from({ length: 3_000 }, (_, at) => `room-${at}-${["alpha", "beta", "gamma", "kilo"][at % 4]}`),
];
const first = (query: string) => findIn(rooms, query, (name) => [name])[0]?.item;
const shown = (name: string, query: string) =>
  finder(query)(name)
    ?.marks.map(([from, to]) => name.slice(from, to))
    .join("|");

describe("A finder finds a name in spite of", () => {
  it.each([
    ["one letter that is missing", "develper", "developer"],
    ["one letter that is missing at the start", "eveloper", "developer"],
    ["one letter too many", "desiggn", "design"],
    ["one wrong letter", "sekurity", "security"],
    ["a wrong first letter", "heneral", "General"],
    ["two letters exchanged", "tradign", "trading-desk"],
    ["two letters exchanged in the middle", "relaese-notes", "release-notes"],
    ["one of a double letter", "anouncements", "announcements"],
    ["letters left out", "dvlp", "developer"],
    ["letters left out across words", "lalwb", "lunch-and-long-walks-berlin"],
    ["words in another order", "berlin lunch", "lunch-and-long-walks-berlin"],
    ["parts of words", "q depth", "incident-2026-11-17-queue-depth"],
    ["a space for a hyphen", "release 2 4", "release-2-4"],
    ["a dot for a hyphen", "release 2.4", "release-2-4"],
    ["missing separators", "release24", "release-2-4"],
    ["an underscore", "trading_desk", "trading-desk"],
    ["missing accents", "nunez perez", "Núñez Pérez"],
    ["added accents", "dèsign", "design"],
    ["letters that Unicode does not decompose", "oresund strasse", "Øresund straße"],
    ["case", "GENERAL", "General"],
    ["a # in front", "#general", "General"],
    ["the start of a word and a number", "proj 77", "project-77"],
  ])("%s: %s", (_what, query, name) => {
    expect(first(query)).toBe(name);
  });

  it("a script that has no spaces between words", () => expect(first("办公")).toBe("上海办公室"));
});

describe("A finder finds nothing for", () => {
  it("two typing errors in one word, or a word that is not there", () => {
    for (const query of ["xyzzy", "develxxper", "zebra crossing"]) expect(first(query)).toBeUndefined();
  });
});

describe("The order of the results", () => {
  const order = (names: string[], query: string) => findIn(names, query, (name) => [name]).map(({ item }) => item);

  it("is: at the start of the name, at the start of a word, inside a word", () => {
    expect(order(["model", "trading-desk", "developer"], "de")).toEqual(["developer", "trading-desk", "model"]);
  });
  it("puts a whole word before the start of a longer one", () => {
    expect(order(["project-77", "project-7"], "project 7")).toEqual(["project-7", "project-77"]);
  });
  it("keeps the order of equally good names", () => {
    expect(order(["dev-b", "dev-a"], "dev")).toEqual(["dev-b", "dev-a"]);
  });
  it("has no near matches if there is an exact one", () => {
    expect(order(["forum", "from-japan"], "from")).toEqual(["from-japan"]);
    expect(order(["forum", "dfm"], "foru")).toEqual(["forum"]);
  });
  it("gives an exact match a rank below `inexactFrom`, a near match one above", () => {
    expect(finder("design")("design")?.rank).toBeLessThan(inexactFrom);
    expect(finder("desing")("design")?.rank).toBeGreaterThanOrEqual(inexactFrom);
  });
  it("counts a match in any of several texts", () => {
    const people = [{ name: "Cleo Marsh", handle: "queen" }];
    expect(findIn(people, "@quen", ({ name, handle }) => [name, handle])).toHaveLength(1);
  });
});

describe("The marked parts of a name", () => {
  it.each([
    ["Le Café Noir", "cafe n", "Café|N"],
    ["Le Cafe\u0301 Noir", "cafe", "Cafe\u0301"],
    ["trading-desk", "de", "de"],
    ["developer", "dvlp", "d|v|l|p"],
    ["上海节点", "节", "节"],
    ["release-party", "relaese", "release"],
    ["🚀 launch", "lau", "lau"],
  ])("%s, %s", (name, query, parts) => expect(shown(name, query)).toBe(parts));

  it("are inside the name and do not overlap, for any name and query", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (name, query) => {
        let end = 0;
        for (const [from, to] of finder(query)(name)?.marks ?? []) {
          expect(from).toBeGreaterThanOrEqual(end);
          expect(to).toBeGreaterThan(from);
          end = to;
        }
        expect(end).toBeLessThanOrEqual(name.length);
      }),
    );
  });
  it("exist for a name's full text and for each of its words", () => {
    const word = fc.stringMatching(/^[a-zé0-9]{1,12}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), fc.nat(), (words, pick) => {
        const name = words.join("-");
        expect(finder(name)(name)?.rank).toBeLessThan(inexactFrom);
        expect(finder(words[pick % words.length] ?? "")(name)?.rank).toBeLessThan(inexactFrom);
      }),
    );
  });
});

it("A query without letters or digits is matched literally", () => {
  expect(finder("%")("100 %")).not.toBeNull();
  expect(finder("_")("snake_case")).not.toBeNull();
  expect(finder("_")("snakecase")).toBeNull();
  expect(finder("b%n")("Ben")).toBeNull();
});

it("Names are the same when only case, marks and gaps differ", () => {
  expect(isSameName("Release 2.4", "release-2-4")).toBe(true);
  expect(isSameName("release", "releases")).toBe(false);
});

it("Names and queries made to be slow take no longer than others", () => {
  const hostile = ["a".repeat(80), "a ".repeat(40), "ab".repeat(40), "a-".repeat(40)];
  const queries = [`${"a".repeat(40)}b`, `${"a ".repeat(40)}b`, `${"ab".repeat(20)}c`];
  const begun = performance.now();
  for (let round = 0; round < 100; round++) for (const query of queries) findIn(hostile, query, (name) => [name]);
  // A regular expression that allows separators after every letter takes 42 s for one of these names and a query of six letters.
  expect(performance.now() - begun).toBeLessThan(1_000);
});

it("Three thousand names are searched in less than 30 ms", () => {
  const times = Array.from({ length: 5 }, () => {
    const begun = performance.now();
    first("anouncemnet");
    return performance.now() - begun;
  });
  expect(Math.min(...times)).toBeLessThan(30);
});
