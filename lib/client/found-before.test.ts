import { expect, it } from "vitest";
import { foundBefore, nameAndHandle } from "./found-before";

const people = [
  { name: "Ada Rossi", handle: "ada" },
  { name: "Bo Larsen", handle: "lamplighter" },
];
const found = (typed: string | undefined, answered: string | undefined) =>
  foundBefore(people, { typed, answered }, nameAndHandle).map(({ name }) => name);

it("Until there is an answer, only those are shown who match the text", () => {
  expect(found("ada", undefined)).toEqual(["Ada Rossi"]);
  expect(found("lamp", "la")).toEqual(["Bo Larsen"]);
  expect(found("nobody", undefined)).toEqual([]);
});

it("The answer to the text is shown as it is, and without a text everybody", () => {
  expect(found("nobody", "nobody")).toEqual(["Ada Rossi", "Bo Larsen"]);
  expect(found(undefined, "ada")).toEqual(["Ada Rossi", "Bo Larsen"]);
});
