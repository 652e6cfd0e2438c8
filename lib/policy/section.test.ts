import { expect, it } from "vitest";
import { builtInSections } from "@/lib/contract/built-in-sections";
import { isBuiltInSection, mayDeleteSection, maySetSectionName } from "./section";

const own = "0190a0a0-0000-7000-8000-000000000000";

it("only the built-in sections keep their names and have no emoji", () => {
  for (const id of builtInSections) {
    expect(isBuiltInSection({ id })).toBe(true);
    expect(maySetSectionName({ id }, {})).toEqual({ ok: true });
    for (const change of [{ name: "Clients" }, { emoji: "🚀" }, { emoji: null }])
      expect(maySetSectionName({ id }, change)).toMatchObject({ ok: false, code: "forbidden" });
  }
  expect(isBuiltInSection({ id: own })).toBe(false);
  expect(maySetSectionName({ id: own }, { name: "Clients", emoji: "🚀" })).toEqual({ ok: true });
});

it("only the built-in sections stay", () => {
  for (const id of builtInSections) expect(mayDeleteSection({ id })).toMatchObject({ ok: false, code: "forbidden" });
  expect(mayDeleteSection({ id: own })).toEqual({ ok: true });
});
