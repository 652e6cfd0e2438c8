import { expect, it } from "vitest";
import { askerAs, letter, room, tableOf } from "@/tests/harness/policy-tables";
import { type MentionRoom, mayMentionEveryone, mayMentionGroup, mentionsByDefault } from "./mention";

// Each row has a letter for somebody outside the room, a member, a moderator and an admin of the room.

const all = { owner: "++++", admin: "++++", member: "++++", guest: "ff++" };
const moderators = { owner: "f+++", admin: "f+++", member: "ff++", guest: "ff++" };
const mentioning = (subject: MentionRoom) =>
  tableOf((asker, membership) => mayMentionEveryone(asker, subject, membership));
const ofSize = (memberCount: number, own: boolean | null = null) => ({
  ...room({ membersMentionEveryone: own }),
  memberCount,
});

it("everybody but guests may mention everyone in a room of fewer than 50 people, and moderators in any", () => {
  expect(mentioning(ofSize(49))).toEqual(all);
  expect(mentioning(ofSize(50))).toEqual(moderators);
});

it("a room decides for itself, whatever its size, and otherwise the organization does", () => {
  expect(mentioning(ofSize(5_000, true))).toEqual(all);
  expect(mentioning(ofSize(2, false))).toEqual(moderators);
  const asMember = (membersMentionEveryone: boolean, memberCount: number, own: boolean | null) =>
    letter(
      mayMentionEveryone(askerAs("member", { membersMentionEveryone }), ofSize(memberCount, own), { role: "member" }),
    );
  expect([true, false].map((rule) => [null, true, false].map((own) => asMember(rule, 2, own)).join(""))).toEqual([
    "++f",
    "f+f",
  ]);
  const { rules } = askerAs("member");
  expect([49, 50].map((memberCount) => mentionsByDefault(rules, { memberCount }))).toEqual([true, false]);
});

it("everybody but guests may mention everyone in a direct room, whatever the organization says", () => {
  const direct = { ...ofSize(9), kind: "direct" } as const;
  const asker = askerAs("member", { membersMentionEveryone: false });
  expect(mayMentionEveryone(asker, direct, { role: "member" })).toEqual({ ok: true });
  expect(mayMentionEveryone(askerAs("guest"), direct, { role: "member" }).ok).toBe(false);
});

it("a refusal names the size of the room only where the size is the reason", () => {
  const reason = (own: boolean | null, membersMentionEveryone = true) => {
    const decision = mayMentionEveryone(askerAs("member", { membersMentionEveryone }), ofSize(50, own), {
      role: "member",
    });
    return decision.ok ? null : decision.reason;
  };
  expect(reason(null)).toContain("50 or more people");
  expect(reason(null, false)).toContain("in this room");
  expect(reason(false)).toContain("in this room");
});

it("a group that reaches more than 50 people needs the right to mention everyone", () => {
  const reaching = (reached: number, own: boolean | null = null) =>
    tableOf((asker, membership) => mayMentionGroup(asker, ofSize(90, own), membership, reached));
  expect(reaching(50)).toEqual({ ...all, guest: "++++" });
  expect(reaching(51)).toEqual(moderators);
  expect(reaching(51, true)).toEqual(all);
});
