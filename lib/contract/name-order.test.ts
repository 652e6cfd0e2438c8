import fc from "fast-check";
import { expect, it } from "vitest";
import { compareOrder, nameOrder } from "./name-order";

const byOrder = (a: string, b: string) => compareOrder(nameOrder(a), nameOrder(b));
const hidden = ["\u200b", "\u00ad", "\u2060", "\ufe0f"];
const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 80 });

it("Names are sorted as people look them up: symbols, then numbers by size, then letters regardless of case and accents", () => {
  const names = [
    "🎉 party",
    "2 days",
    "10 days",
    "Ædelweiss",
    "Émile",
    "Emily",
    "Ezqq",
    "room 2",
    "Room 10",
    "room 010b",
    "Straße",
    "strasse 2",
    "Zoë",
    "Ωmega",
    "Яна",
    "אורי",
    "أحمد",
    "غرفة ٢",
    "غرفة ١٠",
    "上海",
  ];
  for (let turn = 0; turn < names.length; turn++) {
    const turned = [...names.slice(turn), ...names.slice(0, turn)].toReversed();
    expect(turned.toSorted(byOrder)).toEqual(names);
  }
});

it.each([
  ["case", "EMIL", "emil"],
  ["accents", "Émil", "Emil"],
  ["the spelling of an accent", "Núñez", "Nu\u0301n\u0303ez"],
  ["width", "Ｒｏｏｍ", "Room"],
  ["zeros in front of a number", "room 002", "room 2"],
  ["the script of a number", "room ٢", "room 2"],
  ["the spelling of Hangul", "한국", "한국".normalize("NFD")],
])("Names that differ only in %s have the same key", (_, one, other) => expect(nameOrder(one)).toBe(nameOrder(other)));

it("Vowels that are written as marks change the order", () => expect(byOrder("का", "की")).not.toBe(0));

it("Every name has a key that is short enough for an index", () => {
  for (const each of ["!", "\u0301", "\u200b", "ﷺ".repeat(80), "🎉".repeat(80), "9".repeat(80)]) {
    expect(nameOrder(each)).not.toBe("");
    expect(Buffer.byteLength(nameOrder(each))).toBeLessThan(1_000);
  }
  fc.assert(fc.property(name, (each) => nameOrder(each) !== ""));
});

it("Invisible characters do not change the order of names", () => {
  const signs = fc.array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(signs, fc.constantFrom(...hidden), (each, sign) => {
      expect(nameOrder(each.join(sign))).toBe(nameOrder(each.join("")));
    }),
  );
});

it("Keys are compared in the order of their UTF-8 bytes", () => {
  const signs = fc.array(
    fc.constantFrom("a", "é", "\u07ff", "\u0800", "\ud7ff", "\ue000", "\uffee", "🎉", "\u{10ffff}"),
  );
  const text = signs.map((each) => each.join(""));
  const bytes = (one: string, other: string) => Buffer.compare(Buffer.from(one), Buffer.from(other));
  fc.assert(fc.property(text, text, (one, other) => Math.sign(compareOrder(one, other)) === bytes(one, other)));
  expect(compareOrder("\uffee", "🎉"), "where `<` says otherwise").toBeLessThan(0);
});
