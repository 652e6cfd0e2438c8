import { expect, it } from "vitest";
import { durationWords } from "./duration-words";

it.each([
  [1, "1 second"],
  [4_200, "5 seconds"],
  [119_000, "119 seconds"],
  [120_000, "2 minutes"],
  [3_600_000, "60 minutes"],
  [7_200_001, "3 hours"],
])("%d ms is %s", (ms, words) => expect(durationWords(ms)).toBe(words));
