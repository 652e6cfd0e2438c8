import { expect, it } from "vitest";
import { createTextsStore } from "./stores/texts";
import { createTexts } from "./texts";

/** Two tabs of one browser: each gets an event when the other stores something. */
function tabs(personIds = ["me", "me"]) {
  const stored = new Map<string, string>();
  const all = personIds.map((personId, at) => {
    const tell = (key: string, text: string | null) => {
      for (const [other, tab] of all.entries()) if (other !== at) tab.onStorageChange(key, text);
    };
    return createTexts({
      store: createTextsStore(),
      personId,
      storage: {
        getItem: (key) => stored.get(key) ?? null,
        setItem: (key, text) => (stored.set(key, text), tell(key, text)),
        removeItem: (key) => (stored.delete(key), tell(key, null)),
      },
    });
  }) as [ReturnType<typeof createTexts>, ReturnType<typeof createTexts>];
  return all;
}

it("shows a text that was typed in another tab, and drops it once it was sent there", () => {
  const [one, other] = tabs();
  one.write("room", "Half a sentence");
  expect(other.read("room")).toBe("Half a sentence");
  other.write("room", "");
  expect(one.read("room")).toBe("");
  expect(one.isKept()).toBe(true);
});

it("shows no text of another person in the same browser", () => {
  const [mine, theirs] = tabs(["me", "them"]);
  mine.write("room", "Half a sentence");
  expect(theirs.read("room")).toBe("");
});

it("keeps two keys apart if one is a prefix of the other", () => {
  const [tab] = tabs();
  tab.write("room", "To all");
  tab.write("room.edit", "To myself");
  tab.write("room", "");
  expect(tab.read("room.edit")).toBe("To myself");
});
