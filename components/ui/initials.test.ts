import { describe, expect, it } from "vitest";
import { hueOf, initials } from "./initials";

describe("initials", () => {
  it.each([
    ["Ada Okafor", "AO"],
    ["Ada Maria de la Okafor", "AO"],
    ["ada", "A"],
    ["陈思远", "思远"],
    ["김민준", "민준"],
    ["فريد حداد", "ف"],
    ["🦊 Fox", "F"],
    ["👨‍👩‍👧‍👦", "👨‍👩‍👧‍👦"],
    ["Straße ßen", "Sß"],
    ["  ", "?"],
    ["(Bo) Lind", "L"],
  ])("of %s are %s", (name, signs) => expect(initials(name)).toBe(signs));

  it("are one letter if one is asked for", () => expect(initials("Ada Okafor", 1)).toBe("A"));
});

it("gives ids that differ only at the end different hues, spread over the circle", () => {
  const hues = new Set(
    Array.from({ length: 200 }, (_, at) => hueOf(`0192f000-0000-7000-8000-${String(at).padStart(12, "0")}`)),
  );
  expect(hues.size).toBe(24);
  for (const hue of hues) expect(hue % 15).toBe(0);
});
