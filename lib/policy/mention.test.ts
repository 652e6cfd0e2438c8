import { expect, it } from "vitest";
import { tableOf } from "@/tests/harness/policy-tables";
import { mayMentionEveryone, mayMentionGroup } from "./mention";

// Each row has a letter for somebody outside the room, a member, a moderator and an admin of the room.

it("everybody but guests may mention everyone in a room of fewer than 50 people, and moderators in any", () => {
  const ofSize = (count: number) => tableOf((asker, membership) => mayMentionEveryone(asker, membership, count));
  expect(ofSize(49)).toEqual({ owner: "++++", admin: "++++", member: "++++", guest: "ff++" });
  expect(ofSize(50)).toEqual({ owner: "f+++", admin: "f+++", member: "ff++", guest: "ff++" });
});

it("a group that reaches more than 50 people needs the right to mention everyone", () => {
  const reaching = (reached: number, memberCount: number) =>
    tableOf((asker, membership) => mayMentionGroup(asker, membership, { reached, memberCount }));
  const all = { owner: "++++", admin: "++++", member: "++++", guest: "++++" };
  expect(reaching(50, 90)).toEqual(all);
  expect(reaching(51, 90)).toEqual({ owner: "f+++", admin: "f+++", member: "ff++", guest: "ff++" });
});
