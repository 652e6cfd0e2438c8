import { expect, test } from "vitest";
import { type Change, isAddress, makeLink, toggleMark } from "./format";

function applied(text: string, change: Change) {
  const result = text.slice(0, change.from) + change.insert + text.slice(change.to);
  return { result, selected: result.slice(...change.select) };
}

test("marks go around the selection, which stays selected", () => {
  expect(applied("a word here", toggleMark("a word here", 2, 6, "bold"))).toEqual({
    result: "a **word** here",
    selected: "word",
  });
});

test("toggling again removes the marks, whether or not they are selected", () => {
  expect(applied("a **word** here", toggleMark("a **word** here", 4, 8, "bold"))).toEqual({
    result: "a word here",
    selected: "word",
  });
  expect(applied("a _word_ here", toggleMark("a _word_ here", 2, 8, "italic"))).toEqual({
    result: "a word here",
    selected: "word",
  });
});

test("several lines of code become a block of their own", () => {
  const text = "see a\nb";
  expect(applied(text, toggleMark(text, 4, 7, "code"))).toEqual({ result: "see \n```\na\nb\n```", selected: "a\nb" });
});

test("a new link has its address selected", () => {
  expect(applied("read this", makeLink("read this", 5, 9))).toEqual({
    result: "read [this](https://)",
    selected: "https://",
  });
  expect(applied("x", makeLink("x", 1, 1)).result).toBe("x[link](https://)");
});

test("only a text that is nothing but an http(s) address counts as one", () => {
  expect(isAddress("https://example.org/a?b=1")).toBe(true);
  expect(isAddress("see https://example.org")).toBe(false);
  expect(isAddress("javascript:alert(1)")).toBe(false);
});
