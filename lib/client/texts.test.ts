import { expect, it } from "vitest";
import { createTextsStore } from "./stores/texts";
import { createTexts } from "./texts";

/** Two tabs of one browser. Each gets an event when the other stores something: with `later`, when `later` is run. */
function tabs(personIds = ["me", "me"], later?: (() => void)[]) {
  const stored = new Map<string, string>();
  const all = personIds.map((personId, at) => {
    const tell = (key: string) => {
      for (const [other, tab] of all.entries()) {
        if (other === at) continue;
        if (later) later.push(() => tab.onStorageChange(key));
        else tab.onStorageChange(key);
      }
    };
    return createTexts({
      store: createTextsStore(),
      personId,
      storage: {
        getItem: (key) => stored.get(key) ?? null,
        setItem: (key, text) => (stored.set(key, text), tell(key)),
        removeItem: (key) => (stored.delete(key), tell(key)),
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

it("keeps what it has written since, when another tab's change is announced late", () => {
  const late: (() => void)[] = [];
  const [one, other] = tabs(["me", "me"], late);
  one.write("room", "Half a sentence");
  one.write("room", "");
  other.write("room", "Another one");
  for (const event of late) event();
  expect([one.read("room"), other.read("room")]).toEqual(["Another one", "Another one"]);
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
