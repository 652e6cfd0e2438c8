import { expect, it } from "vitest";
import { stepFor } from "./place";

it("The set-up goes on at the step that is asked for, else at the first with nothing done", () => {
  expect(stepFor("rooms", 5)).toBe("rooms");
  expect(stepFor("people", 1)).toBe("people");
  expect(stepFor(undefined, 1)).toBe("rooms");
  expect(stepFor(undefined, 2)).toBe("people");
  expect(stepFor(["people"], 1)).toBe("rooms");
});
