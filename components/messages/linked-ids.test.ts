import { expect, it } from "vitest";
import { parse } from "@/lib/contract/markdown/parse";
import { Id } from "@/lib/contract/operation";
import { linkedMessageIds } from "./linked-ids";

const own = { origin: "https://chat.example", handle: "larkfield" };
const id = (digit: number) => `0197a5d0-0000-7000-8000-00000000000${digit}`;
const link = (digit: number, { origin, handle } = own) => `${origin}/o/${handle}/m/${id(digit)}`;
const idsIn = (body: string) => linkedMessageIds(parse(body), own);

it("finds links to messages in text, lists, quotes, tables and under a text, each once", () => {
  expect(idsIn(`See ${link(1)} and ${link(1)}`)).toEqual([id(1)]);
  expect(idsIn(`- **${link(1)}**\n\n> [there](${link(2)})`)).toEqual([id(1), id(2)]);
  expect(idsIn(`|a|b|\n|-|-|\n|x|${link(3)}|`)).toEqual([id(3)]);
});

it("finds at most three, the first ones", () => {
  expect(idsIn([1, 2, 3, 4].map((digit) => link(digit)).join(" "))).toEqual([id(1), id(2), id(3)]);
});

it("finds none in code, of another organization or server, and nothing that only looks like one", () => {
  expect(idsIn(`\`${link(1)}\``)).toEqual([]);
  expect(idsIn(link(1, { ...own, handle: "harbourside" }))).toEqual([]);
  expect(idsIn(link(1, { ...own, origin: "https://evil.example" }))).toEqual([]);
  expect(idsIn(`${own.origin}/o/larkfield/m/nothing ${own.origin}/o/larkfield/rooms/${id(1)}`)).toEqual([]);
});

it("finds none in a spoiler", () => {
  expect(idsIn(`||${link(1)}|| ||[there](${link(2)})|| **${link(3)}**`)).toEqual([id(3)]);
});

it("finds only what the server takes for an id", () => {
  const wrong = [
    "-".repeat(36),
    id(1).replace("-7000-", "-0000-"),
    id(1).replace("-8000-", "-c000-"),
    id(1).replaceAll("-", "0"),
  ];
  for (const each of wrong) {
    expect(Id.safeParse(each).success).toBe(false);
    expect(idsIn(link(1).replace(id(1), each))).toEqual([]);
  }
  expect(Id.safeParse(id(1)).success).toBe(true);
});

it("takes the handle and the id in any case", () => {
  expect(idsIn(link(1, { ...own, handle: "LarkField" }).replace(id(1), id(1).toUpperCase()))).toEqual([id(1)]);
});
