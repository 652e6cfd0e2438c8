import { expect, it } from "vitest";
import { type OperationName, operations } from "@/lib/contract/index";
import { actName, actWords, fieldName, valueText } from "./audit-words";

it("Every administrative operation has words", () => {
  const audited = (Object.keys(operations) as OperationName[]).filter((name) => operations[name].audit !== null);
  // `organization.addRooms` writes a `room.create` entry for each room instead of its own.
  const missing = audited.filter((name) => name !== "organization.addRooms" && !actWords[name]);
  expect(missing).toEqual([]);
});

it("Acts and fields without words are shown by their own names", () => {
  expect([actName("room.archive"), actName("poll.close")]).toEqual(["Archived room", "poll.close"]);
  expect([fieldName("postingPolicy"), fieldName("color")]).toEqual(["Who can post", "color"]);
});

it("Values are words, and ids the names of today", () => {
  const names = { a: "Ada", b: "Bo" };
  const shown = [true, null, "", [], ["a", "b"], "a", "gone", 3].map((value) => valueText(value, names));
  expect(shown).toEqual(["Yes", "None", "None", "None", "Ada, Bo", "Ada", "gone", "3"]);
});
