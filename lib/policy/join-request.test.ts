import { describe, expect, it } from "vitest";
import { room, tableOf } from "@/tests/harness/policy-tables";
import {
  mayApproveJoinRequest,
  mayCreateAskLink,
  mayRunAskLink,
  maySeeJoinRequests,
  mayWithdrawJoinRequest,
  mustWaitUntil,
} from "./join-request";

const archivedAt = "2026-01-01T00:00:00.000Z";
const nobody = { owner: "ffff", admin: "ffff", member: "ffff", guest: "ffff" };

describe("the link to ask to join", () => {
  const running = (subject: Parameters<typeof room>[0]) =>
    tableOf((asker, membership) => mayRunAskLink(asker, room(subject), membership));

  it("is run by the admins of a private room, and by owners and admins who are in it", () => {
    expect(running({ access: "private" })).toEqual({ owner: "f+++", admin: "f+++", member: "fff+", guest: "fff+" });
  });

  it("exists in private rooms only", () => {
    for (const access of ["public", "restricted"] as const) expect(running({ access })).toEqual(nobody);
    expect(running({ access: "private", kind: "direct" })).toEqual(nobody);
  });

  it("can be revoked but not created while the room is archived", () => {
    const archivedRoom = room({ access: "private", archivedAt });
    const answers = (may: typeof mayRunAskLink) =>
      tableOf((asker, membership) => may(asker, archivedRoom, membership)).member;
    expect([answers(mayRunAskLink), answers(mayCreateAskLink)]).toEqual(["fff+", "fffa"]);
  });
});

describe("deciding about requests to join", () => {
  it("is for moderators and admins of the room, and for owners and admins who are in it", () => {
    const moderators = { owner: "f+++", admin: "f+++", member: "ff++", guest: "ff++" };
    expect(tableOf(maySeeJoinRequests)).toEqual(moderators);
    expect(tableOf((asker, membership) => mayApproveJoinRequest(asker, room(), membership))).toEqual(moderators);
    const archived = tableOf((asker, membership) => mayApproveJoinRequest(asker, room({ archivedAt }), membership));
    expect(archived).toEqual({ owner: "faaa", admin: "faaa", member: "ffaa", guest: "ffaa" });
  });
});

it("After a refusal, somebody waits seven days", () => {
  const refusedAt = new Date("2026-03-01T12:00:00.000Z");
  const until = new Date("2026-03-08T12:00:00.000Z");
  expect(mustWaitUntil(refusedAt, new Date("2026-03-08T11:59:59.000Z"))).toEqual(until);
  expect(mustWaitUntil(refusedAt, until)).toBeNull();
  expect(mustWaitUntil(null, until)).toBeNull();
});

it.each([
  ["pending", { ok: true }],
  ["withdrawn", { ok: true }],
  ["approved", { ok: false, code: "gone", reason: "Your request has been approved." }],
  ["refused", { ok: false, code: "gone", reason: "Your request was refused." }],
] as const)("A request that is %s can be withdrawn, or not, by whoever made it", (state, decision) => {
  expect(mayWithdrawJoinRequest({ state })).toEqual(decision);
});
