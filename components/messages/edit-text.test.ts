import { expect, it } from "vitest";
import { editText } from "./edit-text";

const mentions = {
  ada: { kind: "person", id: "1" },
  bo: { kind: "person", id: "2" },
  team: { kind: "group", id: "3" },
  here: { kind: "here" },
} as const;
const handles: Readonly<Record<string, string>> = { 1: "ada.park" };
const handleOf = (id: string) => handles[id] ?? null;

it("an edit begins with the handles that people have today, where they are known", () => {
  const body = "@Ada and @bo of @team, @here and `@ada`";
  expect(editText({ body, mentions }, handleOf)).toBe("@ada.park and @bo of @team, @here and `@ada`");
  expect(editText({ body, mentions: null }, handleOf)).toBe(body);
  expect(editText({ body: "@ADA", mentions }, () => "ada")).toBe("@ADA");
});
