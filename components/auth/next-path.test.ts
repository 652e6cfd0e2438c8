import { expect, test } from "vitest";
import { nextPath } from "./next-path";

test("a page of ours is where one goes on", () => {
  expect(nextPath("/rooms/7?panel=members#m3")).toBe("/rooms/7?panel=members#m3");
  expect(nextPath("/settings/../browse")).toBe("/browse");
});

test.each([
  ["nothing", undefined],
  ["an address", "https://evil.example/"],
  ["an address without a scheme", "//evil.example"],
  ["backslashes, which browsers read as slashes", "/\\evil.example"],
  ["a tab between the slashes", "/\t/evil.example"],
  ["dots that leave two slashes", "/..//evil.example"],
  ["dots behind a folder", "/a/..//evil.example"],
  ["a script", "javascript:alert(1)"],
  ["no page", "/api/auth/signout"],
  ["the page one is on", "/sign-in?next=/sign-in"],
])("%s leads home", (_name, asked) => {
  expect(nextPath(asked)).toBe("/");
});
