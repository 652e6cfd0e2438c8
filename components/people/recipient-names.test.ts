import { expect, it } from "vitest";
import { recipientNames } from "./recipient-names";

it("One person has their full name in a sentence, several their first names", () => {
  const people = ["Cai Lund", "Fay", "Bo Larsen"].map((name) => ({ name }));
  const sentences = [1, 2, 3].map((count) => recipientNames(people.slice(0, count)));
  expect(sentences).toEqual(["Cai Lund", "Cai and Fay", "Cai, Fay and Bo"]);
});
