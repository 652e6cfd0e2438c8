import { expect, it } from "vitest";
import { absentInWords, guestsInWords } from "./audience-words";

it("Guests are counted after the people", () => {
  expect([0, 1, 2, 1_200].map(guestsInWords)).toEqual(["", ", 1 guest", ", 2 guests", ", 1,200 guests"]);
});

it("Two of those who are not here are named, and the others are counted", () => {
  expect(absentInWords(["Kaya"])).toBe("Kaya isn’t");
  expect(absentInWords(["Kaya", "Bo"])).toBe("Kaya and Bo aren’t");
  expect(absentInWords(["Kaya", "Bo", "Cy", "Di"])).toBe("Kaya, Bo and 2 others aren’t");
});
