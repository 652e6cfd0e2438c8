import { expect, it } from "vitest";
import type { MentionTargets } from "@/lib/contract/mention";
import { askerAs, room } from "@/tests/harness/policy-tables";
import { mentionQuestion } from "./mention-question";

const groups = [
  { id: "1", name: "On call", handle: "oncall", memberCount: 40 },
  { id: "2", name: "Everybody in sales", handle: "sales", memberCount: 400 },
  { id: "3", name: "Pair", handle: "pair", memberCount: 2 },
];
const situation = (memberCount: number, role: "member" | "moderator" = "moderator", given = {}) => {
  return { asker: askerAs("member"), room: { ...room(given), memberCount }, membership: { role } };
};
const ask = (
  body: string,
  memberCount = 100,
  already: MentionTargets | null = null,
  known: typeof groups | null = groups,
) => mentionQuestion({ body, already, situation: situation(memberCount), groups: known });

it("@room, @here and large groups are asked for, with how many others they reach", () => {
  expect(ask("Lunch, @Everyone!")).toEqual({ whom: "room", count: 99 });
  expect(ask("@here")).toEqual({ whom: "here", count: 99 });
  expect(ask("@here and @room")).toMatchObject({ whom: "room" });
  expect(ask("@oncall")).toEqual({ whom: groups[0], count: 40 });
  expect(ask("@oncall @Sales")).toEqual({ whom: groups[1], count: 99 });
});

it("Few people, code, quotes and what stays text are not asked for", () => {
  for (const body of ["@pair", "`@room`", "> @sales", "x@sales", "@nobody", "room"]) expect(ask(body), body).toBeNull();
  expect(ask("@room", 21)).toBeNull();
  expect(ask("@room", 22)).toEqual({ whom: "room", count: 21 });
  // In a room of 50, a member may not mention everyone.
  const asMember = (given = {}) =>
    mentionQuestion({ body: "@room", already: null, situation: situation(60, "member", given), groups });
  expect(asMember()).toBeNull();
  expect(asMember({ membersMentionEveryone: true })).toEqual({ whom: "room", count: 59 });
});

it("An edit asks only for whom it adds, by whichever word they were mentioned before", () => {
  const already: MentionTargets = { all: { kind: "room" }, oncall: { kind: "group", id: "1" } };
  expect(ask("@room and @oncall, edited", 100, already)).toBeNull();
  expect(ask("@room and @here", 100, already)).toMatchObject({ whom: "here" });
  expect(ask("@oncall @sales", 100, already)).toMatchObject({ whom: groups[1] });
});

it("Whether it depends on groups that are not known is said", () => {
  expect(ask("@sales", 100, null, null)).toBeUndefined();
  expect(ask("@room", 100, null, null)).toMatchObject({ whom: "room" });
  expect(ask("Hello", 100, null, null)).toBeNull();
  expect(ask("@sales", 10, null, null)).toBeNull();
});
