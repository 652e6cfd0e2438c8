import { expect, test } from "vitest";
import { isUnderWay, underWay } from "./under-way";

test("Work is under way until it is settled, whether it succeeds or fails", async () => {
  let succeed = (_: string) => {};
  let fail = (_: Error) => {};
  expect(isUnderWay()).toBe(false);
  const one = underWay(new Promise<string>((resolve) => (succeed = resolve)));
  const two = underWay(new Promise<string>((_, reject) => (fail = reject)));
  succeed("done");
  expect(await one).toBe("done");
  expect(isUnderWay()).toBe(true);
  fail(new Error("failed"));
  await expect(two).rejects.toThrow("failed");
  expect(isUnderWay()).toBe(false);
});
