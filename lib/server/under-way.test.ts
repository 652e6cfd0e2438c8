import { expect, test } from "vitest";
import { beginWork, endWork, isUnderWay } from "./under-way";

test("Work is under way until all of it has ended", () => {
  expect(isUnderWay()).toBe(false);
  beginWork();
  beginWork();
  endWork();
  expect(isUnderWay()).toBe(true);
  endWork();
  expect(isUnderWay()).toBe(false);
});
