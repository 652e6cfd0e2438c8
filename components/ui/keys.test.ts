import { describe, expect, it } from "vitest";
import { isKey, isText, type Press } from "./keys";

const modifiers = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const press = (key: string, code: string, held: Partial<Press> = {}): Press => ({ ...modifiers, key, code, ...held });
const ctrl = { ctrlKey: true };

/** For each keyboard layout, the event of the key that is labelled with the character. */
const layouts: Record<string, Record<string, Press>> = {
  US: {
    k: press("k", "KeyK", ctrl),
    b: press("b", "KeyB", ctrl),
    i: press("i", "KeyI", ctrl),
    c: press("C", "KeyC", { ...ctrl, shiftKey: true }),
    "/": press("/", "Slash", ctrl),
    ".": press(".", "Period", ctrl),
  },
  Mac: {
    k: press("k", "KeyK", { metaKey: true }),
    b: press("b", "KeyB", { metaKey: true }),
    i: press("i", "KeyI", { metaKey: true }),
    c: press("c", "KeyC", { metaKey: true, shiftKey: true }),
    "/": press("/", "Slash", { metaKey: true }),
    ".": press(".", "Period", { metaKey: true }),
  },
  German: {
    k: press("k", "KeyK", ctrl),
    b: press("b", "KeyB", ctrl),
    i: press("i", "KeyI", ctrl),
    c: press("C", "KeyC", { ...ctrl, shiftKey: true }),
    "/": press("/", "Digit7", { ...ctrl, shiftKey: true }),
    ".": press(".", "Period", ctrl),
  },
  AZERTY: {
    k: press("k", "KeyK", ctrl),
    b: press("b", "KeyB", ctrl),
    i: press("i", "KeyI", ctrl),
    c: press("C", "KeyC", { ...ctrl, shiftKey: true }),
    "/": press("/", "Period", { ...ctrl, shiftKey: true }),
    ".": press(".", "Comma", { ...ctrl, shiftKey: true }),
  },
  Dvorak: {
    k: press("k", "KeyV", ctrl),
    b: press("b", "KeyN", ctrl),
    i: press("i", "KeyG", ctrl),
    c: press("C", "KeyI", { ...ctrl, shiftKey: true }),
    "/": press("/", "BracketLeft", ctrl),
    ".": press(".", "KeyE", ctrl),
  },
  Russian: {
    k: press("л", "KeyK", ctrl),
    b: press("и", "KeyB", ctrl),
    i: press("ш", "KeyI", ctrl),
    c: press("С", "KeyC", { ...ctrl, shiftKey: true }),
    "/": press("/", "Backslash", { ...ctrl, shiftKey: true }),
    ".": press("ю", "Period", ctrl),
  },
  Greek: {
    k: press("κ", "KeyK", ctrl),
    b: press("β", "KeyB", ctrl),
    i: press("ι", "KeyI", ctrl),
    c: press("Ψ", "KeyC", { ...ctrl, shiftKey: true }),
    "/": press("/", "Slash", ctrl),
    ".": press(".", "Period", ctrl),
  },
  Hebrew: {
    k: press("ל", "KeyK", ctrl),
    b: press("נ", "KeyB", ctrl),
    i: press("ן", "KeyI", ctrl),
    c: press("ב", "KeyC", { ...ctrl, shiftKey: true }),
    "/": press("/", "KeyQ", ctrl),
    ".": press(".", "Slash", ctrl),
  },
  Arabic: {
    k: press("ن", "KeyK", ctrl),
    b: press("لا", "KeyB", ctrl),
    i: press("ه", "KeyI", ctrl),
    c: press("ؤ", "KeyC", { ...ctrl, shiftKey: true }),
    "/": press("ظ", "Slash", ctrl),
    ".": press("ز", "Period", ctrl),
  },
  Korean: {
    k: press("ㅏ", "KeyK", ctrl),
    b: press("ㅠ", "KeyB", ctrl),
    i: press("ㅑ", "KeyI", ctrl),
    c: press("ㅊ", "KeyC", { ...ctrl, shiftKey: true }),
    "/": press("/", "Slash", ctrl),
    ".": press(".", "Period", ctrl),
  },
};
const combos: Record<string, string> = {
  k: "mod+k",
  b: "mod+b",
  i: "mod+i",
  c: "mod+shift+c",
  "/": "mod+/",
  ".": "mod+.",
};

describe.each(Object.entries(layouts))("On a %s keyboard", (_layout, keys) => {
  it.each(Object.entries(combos))("the key %s with its modifiers is %s and no other shortcut", (name, combo) => {
    const event = keys[name] as Press;
    expect(Object.values(combos).filter((each) => isKey(event, each))).toEqual([combo]);
  });
});

it.each([
  ["alt+up", press("ArrowUp", "ArrowUp", { altKey: true }), true],
  ["alt+up", press("ArrowUp", "ArrowUp", { altKey: true, shiftKey: true }), false],
  ["alt+shift+up", press("ArrowUp", "ArrowUp", { altKey: true, shiftKey: true }), true],
  ["up", press("ArrowUp", "ArrowUp"), true],
  ["up", press("ArrowUp", "ArrowUp", ctrl), false],
  ["esc", press("Escape", "Escape"), true],
  ["esc", press("Escape", "Escape", { shiftKey: true }), false],
  ["shift+f10", press("F10", "F10", { shiftKey: true }), true],
  ["e", press("E", "KeyE", { shiftKey: true }), false],
  ["?", press("?", "Slash", { shiftKey: true }), true],
  ["?", press("?", "Minus", { shiftKey: true }), true],
  ["mod+k", press("k", "KeyK", { ctrlKey: true, altKey: true }), false],
  ["space", press(" ", "Space"), true],
] as const)("%s: %j is %s", (combo, event, same) => {
  expect(isKey(event, combo)).toBe(same);
});

it("A key types text if it has one character and no modifier but Shift", () => {
  expect([press("л", "KeyK"), press("A", "KeyA", { shiftKey: true }), press("漢", "")].every(isText)).toBe(true);
  expect([press("k", "KeyK", ctrl), press("F6", "F6"), press("Enter", "Enter")].some(isText)).toBe(false);
});
