import { expect, test } from "vitest";
import { beginWork, endWork, hasWork } from "./socket-requests";

test("Work is under way until all of it has ended", () => {
  expect(hasWork()).toBe(false);
  beginWork();
  beginWork();
  endWork();
  expect(hasWork()).toBe(true);
  endWork();
  expect(hasWork()).toBe(false);
});
