import { expect, it } from "vitest";
import { mentionedPeople, mentionReader } from "./mention-reader";

const mentions = {
  ada: { kind: "person", id: "1" },
  team: { kind: "group", id: "2" },
  here: { kind: "here" },
} as const;

it("people and groups are read by name if it is known, everything else as it was typed", () => {
  const read = mentionReader(mentions, (id) => (id === "1" ? "Ada Park" : null));
  expect(read?.("ada", "@Ada")).toBe("@Ada Park");
  expect(read?.("team", "@Team")).toBe("@Team");
  expect(mentionReader(mentions, () => "On call")?.("team", "@Team")).toBe("@On call");
  expect(read?.("here", "@here")).toBe("@here");
  expect(read?.("constructor", "@constructor")).toBeNull();
  expect(mentionReader(mentions)?.("ada", "@Ada")).toBe("@Ada");
  expect(mentionReader(null)).toBeNull();
  expect(mentionedPeople(mentions)).toEqual(["1"]);
});
