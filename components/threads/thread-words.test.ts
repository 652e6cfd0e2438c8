import { expect, it } from "vitest";
import { repliesText } from "./thread-words";

it("Replies are counted to 999", () => {
  expect([0, 1, 2, 999, 1_000].map(repliesText)).toEqual([
    "0 replies",
    "1 reply",
    "2 replies",
    "999 replies",
    "999+ replies",
  ]);
});
