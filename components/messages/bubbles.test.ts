import { expect, it } from "vitest";
import type { MessageLayout } from "@/lib/contract/preferences";
import { bubblesOf } from "./bubbles";

const direct = (people: number) => ({
  kind: "direct" as const,
  directIds: Array.from({ length: people }, (_, at) => `person ${at}`),
});
const rooms = {
  channel: { kind: "channel" as const, directIds: [] },
  self: direct(1),
  two: direct(2),
  three: direct(3),
};
const shown = (layout: MessageLayout) =>
  Object.fromEntries(Object.entries(rooms).map(([name, room]) => [name, bubblesOf(layout, room)]));

it("rooms have rows and direct messages have bubbles, unless someone prefers one of them for all", () => {
  expect(shown("byKind")).toEqual({ channel: null, self: null, two: "plain", three: "named" });
  expect(shown("rows")).toEqual({ channel: null, self: null, two: null, three: null });
  expect(shown("bubbles")).toEqual({ channel: "named", self: "plain", two: "plain", three: "named" });
});
