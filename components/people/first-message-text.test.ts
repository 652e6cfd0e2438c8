import { expect, it } from "vitest";
import { createTextsStore } from "@/lib/client/stores/texts";
import { createTexts } from "@/lib/client/texts";
import { moveText } from "./first-message-text";

const texts = () => createTexts({ store: createTextsStore(), personId: "me", storage: undefined });

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
