import { expect, it } from "vitest";
import { violationCounter } from "./violations";

it("Twenty violations at once are too many, and one every five seconds is not, for as long as it goes on", () => {
  let now = 0;
  const isTooMany = violationCounter(() => now);
  const count = (times: number, everyMs: number) =>
    Array.from({ length: times }, () => {
      now += everyMs;
      return isTooMany();
    }).filter(Boolean).length;
  expect(count(1_000, 5_000)).toBe(0);
  now += 100_000;
  expect(count(19, 0)).toBe(0);
  expect(count(1, 0)).toBe(1);
  now += 5_000;
  expect(count(2, 0)).toBe(1);
});
