import { expect, it } from "vitest";
import { absentInWords, guestsInWords } from "./audience-words";

it("Guests are counted after the people", () => {
  expect([0, 1, 2].map((count) => guestsInWords(count))).toEqual(["", ", 1 guest", ", 2 guests"]);
});

it("Of very many guests, the first are counted", () => {
  expect(guestsInWords(500, true)).toBe(", 500+ guests");
});

it("Two of those who are not here are named, and the others are counted", () => {
  expect(absentInWords(["Kaya"])).toBe("Kaya isn't");
  expect(absentInWords(["Kaya", "Bo"])).toBe("Kaya and Bo aren't");
  expect(absentInWords(["Kaya", "Bo", "Cy", "Di"])).toBe("Kaya, Bo and 2 others aren't");
});
