import { describe, expect, it } from "vitest";
import type { Asker } from "./decision";
import {
  mayAddFirstRooms,
  mayBeInGroup,
  mayInviteAs,
  mayStillInvite,
  mayManageGroups,
  mayManageInvites,
  mayResetPassword,
  mayStillReset,
} from "./organization";

const roles = ["owner", "admin", "member", "guest"] as const;
const asker = (role: Asker["role"]): Asker => ({ personId: "me", role });
const who = (may: (role: Asker["role"]) => { ok: boolean }) => roles.filter((role) => may(role).ok);

it("The rooms of the set-up are made by owners", () => {
  expect(who((role) => mayAddFirstRooms(asker(role)))).toEqual(["owner"]);
});

it("Groups are managed by owners and admins, and hold no guests", () => {
  expect(who((role) => mayManageGroups(asker(role)))).toEqual(["owner", "admin"]);
  expect(who(mayBeInGroup)).toEqual(["owner", "admin", "member"]);
});

describe("inviting to the organization", () => {
  it("is for owners and admins", () => {
    expect(who((role) => mayManageInvites(asker(role)))).toEqual(["owner", "admin"]);
  });

  it.each(["admin", "member", "guest"] as const)("as %s is for owners and admins", (invited) => {
    expect(who((role) => mayInviteAs(asker(role), invited))).toEqual(["owner", "admin"]);
  });

  it("makes an owner of nobody", () => {
    expect(who((role) => mayInviteAs(asker(role), "owner"))).toEqual([]);
  });
});

describe("a link that sets somebody's password", () => {
  it.each([
    ["owner", ["owner"]],
    ["admin", ["owner", "admin"]],
    ["member", ["owner", "admin"]],
    ["guest", ["owner", "admin"]],
  ] as const)("for an %s is handed out by %j alone", (target, allowed) => {
    expect(who((role) => mayResetPassword(asker(role), { role: target }))).toEqual(allowed);
  });

  it("says what is needed when it is refused", () => {
    expect(mayResetPassword(asker("member"), { role: "member" })).toEqual({
      ok: false,
      code: "forbidden",
      reason: "Only owners and admins can create password links.",
    });
    expect(mayResetPassword(asker("admin"), { role: "owner" })).toMatchObject({
      reason: "Only an owner can reset an owner's password.",
    });
  });
});

describe("a link that was made before", () => {
  const maker = (role: Asker["role"], deactivatedAt: Date | null = null) => ({ id: "maker", role, deactivatedAt });
  const target = (role: Asker["role"]) => ({ id: "them", role });

  it("invites while its maker may invite", () => {
    expect(who((role) => mayStillInvite(maker(role), "member"))).toEqual(["owner", "admin"]);
    expect(who((role) => mayStillInvite(maker(role, new Date()), "member"))).toEqual([]);
    expect(who((role) => mayStillInvite(maker(role), "owner"))).toEqual([]);
  });

  it.each(roles)("sets the password of an %s while its maker may", (role) => {
    const asked = who((makers) => mayResetPassword(asker(makers), { role }));
    expect(who((makers) => mayStillReset(maker(makers), target(role)))).toEqual(asked);
    expect(who((makers) => mayStillReset(maker(makers, new Date()), target(role)))).toEqual([]);
  });

  it("sets nobody's password who runs the organization when its maker was not noted", () => {
    expect(who((role) => mayStillReset(null, target(role)))).toEqual(["member", "guest"]);
  });
});
