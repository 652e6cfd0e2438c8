import { expect, it } from "vitest";
import { allInWords, countInWords, whoInWords } from "./reaction-words";

const who = (count: number, isMine: boolean, ...names: string[]) => whoInWords({ count, isMine }, names);

it("Names me first, then the others, and counts who is not named", () => {
  expect(who(1, true)).toBe("You");
  expect(who(1, false, "Ada")).toBe("Ada");
  expect(who(2, true, "Ada")).toBe("You and Ada");
  expect(who(3, false, "Ada", "Bo", "Cy")).toBe("Ada, Bo and Cy");
  expect(who(7, true, "Ada", "Bo")).toBe("You, Ada, Bo and 4 others");
  expect(who(3, false, "Ada", "Bo")).toBe("Ada, Bo and 1 other");
});

it("Counts people of whom none is named", () => {
  expect(who(1, false)).toBe("1 person");
  expect(who(500, false)).toBe("500 people");
});

it("Never names more people than there are: what I take back is gone at once, while names still come", () => {
  expect(who(1, true, "Ada")).toBe("You");
});

it("Says all reactions to a screen reader", () => {
  const kinds = [
    { emoji: "🎉", count: 6, isMine: true, personIds: [] },
    { emoji: "👍", count: 1, isMine: false, personIds: [] },
  ];
  expect(allInWords(kinds)).toBe("Reactions: 🎉 6, 👍 1.");
  expect([countInWords(1), countInWords(2)]).toEqual(["1 reaction", "2 reactions"]);
});
