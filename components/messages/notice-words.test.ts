import { expect, test } from "vitest";
import { noticeWords } from "./notice-words";

const say = (...given: Parameters<typeof noticeWords>) =>
  noticeWords(...given)
    .map((piece) => ("name" in piece ? piece.name : piece.text))
    .join("");
const nameOf = (id: string) => ({ a: "Ada", b: "Bo", c: "Cleo", d: "Dev", e: "Elif" })[id] ?? "?";

test("people join, leave and create by themselves", () => {
  expect(say({ type: "created" }, "a", nameOf)).toBe("Ada created the room");
  expect(say({ type: "joined", personIds: ["a"] }, "a", nameOf)).toBe("Ada joined");
  expect(say({ type: "left", personIds: ["b"] }, "b", nameOf)).toBe("Bo left");
});

test("who was added is told by name up to three, then by number", () => {
  expect(say({ type: "added", personIds: ["b"] }, "a", nameOf)).toBe("Ada added Bo");
  expect(say({ type: "added", personIds: ["b", "c", "d"] }, "a", nameOf)).toBe("Ada added Bo, Cleo and Dev");
  expect(say({ type: "added", personIds: ["b", "c", "d", "e"] }, "a", nameOf)).toBe("Ada added Bo and 3 others");
});

test("without an author somebody did it", () => {
  expect(say({ type: "removed", personIds: ["b"] }, null, nameOf)).toBe("Someone removed Bo");
});
