import { expect, it } from "vitest";
import { formOf, keptForm } from "./status-form";

it("A form begins with the status, and is empty without one", () => {
  expect(formOf(null)).toEqual({ emoji: "", text: "", end: "never", custom: "" });
  const until = new Date(2026, 1, 3, 9, 5).toISOString();
  expect(formOf({ emoji: "🎧", text: "Focus", until })).toEqual({
    emoji: "🎧",
    text: "Focus",
    end: "custom",
    custom: "2026-02-03T09:05",
  });
});

it("What was kept is read again, and anything else is left", () => {
  const form = { emoji: "🎧", text: "Half a", end: "today" as const, custom: "" };
  expect(keptForm(JSON.stringify(form))).toEqual(form);
  for (const other of [
    "",
    "{",
    "null",
    "[]",
    JSON.stringify({ ...form, end: "someday" }),
    JSON.stringify({ text: "" }),
  ])
    expect(keptForm(other)).toBeNull();
});
