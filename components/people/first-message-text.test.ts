import { expect, it } from "vitest";
import { createTextsStore } from "@/lib/client/stores/texts";
import { createTexts } from "@/lib/client/texts";
import { firstMessagePlace, moveText, restOf } from "./first-message-text";

const texts = () => createTexts({ store: createTextsStore(), personId: "me", storage: undefined });

it("The first message is kept by the people it is for, in any order", () => {
  expect(firstMessagePlace(["bo", "ada"])).toBe(firstMessagePlace(["ada", "bo"]));
  const places = [[], ["ada"], ["bo"], ["ada", "bo"]].map(firstMessagePlace);
  expect(new Set(places).size).toBe(4);
});

it("Text moves after what is in the other place, and blank text is dropped", () => {
  const kept = texts();
  kept.write("one", "Hello");
  moveText(kept, "one", "one");
  expect(kept.read("one")).toBe("Hello");
  moveText(kept, "one", "two");
  expect([kept.read("one"), kept.read("two")]).toEqual(["", "Hello"]);
  kept.write("one", "And more");
  moveText(kept, "one", "two");
  expect(kept.read("two")).toBe("Hello\n\nAnd more");
  kept.write("one", " \n");
  moveText(kept, "one", "two");
  expect([kept.read("one"), kept.read("two")]).toEqual(["", "Hello\n\nAnd more"]);
});

it("What was typed after a message was sent is left", () => {
  expect(restOf("Hello", "Hello")).toBe("");
  expect(restOf("Hello, one more", "Hello")).toBe(", one more");
  expect(restOf("", "Hello")).toBe("");
  expect(restOf("Something else", "Hello")).toBe("Something else");
});
