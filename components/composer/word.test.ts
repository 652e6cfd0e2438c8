import { expect, it } from "vitest";
import { wordBefore } from "./word";

const at = (text: string) => {
  const word = wordBefore(text, text.length);
  return word && word.sign + word.query;
};

it("A sign that begins a word offers something, at the start, after a space, a bracket or a quote", () => {
  for (const text of ["@ad", "Thanks @ad", "(@ad", "“@ad", "one\n@ad", "**@ad", "👍@ad"])
    expect(at(text), text).toBe("@ad");
  expect(at("@")).toBe("@");
  expect(at("to #dev")).toBe("#dev");
  expect(at("Shipped :ta")).toBe(":ta");
});

it("A sign inside a word, an address, a path, a time or code is text", () => {
  for (const text of [
    "ada@ex",
    "a.@ad",
    "x/@ad",
    "@@ad",
    "C#de",
    "https://x.example/#fr",
    "10:30",
    "a:bc",
    "::ab",
    "`@ad",
  ])
    expect(at(text), text).toBeNull();
  expect(at("@ada ")).toBeNull();
  expect(at("@ada, ")).toBeNull();
});

it("A full stop ends a word until a letter follows, so that Enter sends the message", () => {
  for (const text of ["Thanks @ada.", "(see #dev)", "#dev?", "#release-2.", "@ada, @bo."])
    expect(at(text), text).toBeNull();
  expect(at("@bo.l")).toBe("@bo.l");
});

it("Emoji are offered from the second letter, until a colon ends their name", () => {
  for (const text of [":", ":t", ":)", ":-D", ":D", ":30", ":tada:"]) expect(at(text), text).toBeNull();
  expect(at(":+1")).toBe(":+1");
});

it("Scripts without spaces need no space before the sign", () => {
  expect(at("请@陈思")).toBe("@陈思");
  expect(at("ありがとう@ad")).toBe("@ad");
  expect(at("привет@ad")).toBeNull();
});

it("Names in any script, with accents, dots and dashes are one word", () => {
  for (const typed of ["@élodie", "@anna-lena.k_2", "@محمد", "#release-2.4", "#日本"]) expect(at(typed)).toBe(typed);
});

it("Only what is before the caret counts", () => {
  expect(wordBefore("Hi @adela there", 6)).toEqual({ sign: "@", from: 3, to: 6, query: "ad" });
  expect(wordBefore("@ad", 0)).toBeNull();
});

it("A text of 16,000 characters full of signs takes no time", () => {
  for (const sign of ["@", "#", ":", "@:#", "@a", ":a", " @"]) {
    const text = sign.repeat(16_000).slice(0, 16_000);
    const begun = performance.now();
    for (let key = 0; key < 100; key++) wordBefore(text, text.length - key);
    expect((performance.now() - begun) / 100, sign).toBeLessThan(2);
  }
});
