import { describe, expect, it } from "vitest";
import { limits } from "@/lib/contract/limits";
import { askerAs } from "@/tests/harness/policy-tables";
import { type Asker, defaultRules } from "./decision";
import {
  mayAddFirstRooms,
  mayBeInGroup,
  mayCreateOrganization,
  mayInviteAs,
  mayEnter,
  mayLeaveOrganization,
  mayStillInvite,
  mayUseInvite,
  mayManageGroups,
  mayManageInvites,
  mayManageOrganization,
  mayReadAudit,
  mayResetPassword,
  mayStillReset,
  organizationCreators,
} from "./organization";

const roles = ["owner", "admin", "member", "guest"] as const;
const who = (may: (role: Asker["role"]) => { ok: boolean }) => roles.filter((role) => may(role).ok);

it("The audit log is read by owners and admins", () => {
  expect(who((role) => mayReadAudit(askerAs(role)))).toEqual(["owner", "admin"]);
});

it("The name and the settings are changed by owners and admins", () => {
  expect(who((role) => mayManageOrganization(askerAs(role)))).toEqual(["owner", "admin"]);
});

it("The rooms of the set-up are made by owners", () => {
  expect(who((role) => mayAddFirstRooms(askerAs(role)))).toEqual(["owner"]);
});

it("Another organization is created by those whom the server's setting names, and never by guests", () => {
  const creators = organizationCreators.map((setting) => [
    setting,
    who((role) => mayCreateOrganization(askerAs(role), { creators: setting, owned: 1 })),
  ]);
  expect(Object.fromEntries(creators)).toEqual({
    owners: ["owner"],
    everyone: ["owner", "admin", "member"],
    nobody: [],
  });
});

it("Nobody creates organizations without end", () => {
  const may = (owned: number) => mayCreateOrganization(askerAs("owner"), { creators: "owners", owned });
  expect(may(limits.ownedOrganizations - 1)).toEqual({ ok: true });
  expect(may(limits.ownedOrganizations)).toMatchObject({
    code: "forbidden",
    reason: "You own 50 organizations already. Hand one over first.",
  });
});

it("Everyone may leave, except the only owner, who reads what to do first", () => {
  expect(mayLeaveOrganization({ isLastOwner: false, isAlone: false })).toEqual({ ok: true });
  expect(mayLeaveOrganization({ isLastOwner: true, isAlone: false })).toMatchObject({
    code: "forbidden",
    reason: "You are the only owner. Make someone else an owner first.",
  });
  expect(mayLeaveOrganization({ isLastOwner: true, isAlone: true })).toMatchObject({
    code: "forbidden",
    reason: expect.stringMatching(/^No one else is in this organization/),
  });
});

it("Groups are managed by owners and admins, and hold no guests", () => {
  expect(who((role) => mayManageGroups(askerAs(role)))).toEqual(["owner", "admin"]);
  expect(who(mayBeInGroup)).toEqual(["owner", "admin", "member"]);
});

describe("inviting to the organization", () => {
  it("is for owners and admins", () => {
    expect(who((role) => mayManageInvites(askerAs(role)))).toEqual(["owner", "admin"]);
  });

  it.each(["admin", "member", "guest"] as const)("as %s is for owners and admins", (invited) => {
    expect(who((role) => mayInviteAs(askerAs(role), invited))).toEqual(["owner", "admin"]);
  });

  it("is for members too, as member or guest, if the settings say so", () => {
    const may = (role: Asker["role"], invited: Asker["role"]) =>
      mayInviteAs(askerAs(role, { membersInvite: true }), invited);
    expect(who((role) => may(role, "member"))).toEqual(["owner", "admin", "member"]);
    expect(who((role) => may(role, "guest"))).toEqual(["owner", "admin", "member"]);
    expect(who((role) => may(role, "admin"))).toEqual(["owner", "admin"]);
    expect(who((role) => mayManageInvites(askerAs(role, { membersInvite: true })))).toEqual(["owner", "admin"]);
  });

  it("makes an owner of nobody", () => {
    expect(who((role) => mayInviteAs(askerAs(role), "owner"))).toEqual([]);
  });
});

describe("a link that sets somebody's password", () => {
  it.each([
    ["owner", ["owner"]],
    ["admin", ["owner", "admin"]],
    ["member", ["owner", "admin"]],
    ["guest", ["owner", "admin"]],
  ] as const)("for an %s is handed out by %j alone", (target, allowed) => {
    expect(who((role) => mayResetPassword(askerAs(role), { role: target }))).toEqual(allowed);
  });

  it("says what is needed when it is refused", () => {
    expect(mayResetPassword(askerAs("member"), { role: "member" })).toEqual({
      ok: false,
      code: "forbidden",
      reason: "Only owners and admins can create password links.",
    });
    expect(mayResetPassword(askerAs("admin"), { role: "owner" })).toMatchObject({
      reason: "Only an owner can reset an owner's password.",
    });
  });
});

describe("a link that was made before", () => {
  const maker = (role: Asker["role"], deactivatedAt: Date | null = null) => ({
    id: "maker",
    role,
    deactivatedAt,
    organization: defaultRules,
  });
  const target = (role: Asker["role"]) => ({ id: "them", role });

  it("invites while its maker may invite", () => {
    expect(who((role) => mayStillInvite(maker(role), "member"))).toEqual(["owner", "admin"]);
    expect(who((role) => mayStillInvite(maker(role, new Date()), "member"))).toEqual([]);
    expect(who((role) => mayStillInvite(maker(role), "owner"))).toEqual([]);
  });

  it.each(roles)("sets the password of an %s while its maker may", (role) => {
    const asked = who((makers) => mayResetPassword(askerAs(makers), { role }));
    expect(who((makers) => mayStillReset(maker(makers), target(role)))).toEqual(asked);
    expect(who((makers) => mayStillReset(maker(makers, new Date()), target(role)))).toEqual([]);
  });

  it("sets nobody's password who runs the organization when its maker was not noted", () => {
    expect(who((role) => mayStillReset(null, target(role)))).toEqual(["member", "guest"]);
  });
});

describe("entering an organization", () => {
  it("needs a proven address from the second one on", () => {
    const enters = (isProven: boolean, isElsewhere: boolean) =>
      mayEnter({ isProven, isElsewhere, sendsEmail: true }).ok;
    expect([enters(false, false), enters(false, true), enters(true, false), enters(true, true)]).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });

  it("names an email as the way only if the server can send one", () => {
    const sentence = (sendsEmail: boolean) => mayEnter({ isProven: false, isElsewhere: true, sendsEmail });
    expect(sentence(true)).toMatchObject({ ok: false, reason: expect.stringMatching(/Ask to be invited by email/) });
    expect(sentence(false)).toMatchObject({ ok: false, reason: expect.stringMatching(/another email address/) });
  });

  it("by an invite to an address is for that address", () => {
    const uses = (email: string | null) => mayUseInvite({ email: "mia@example.org" }, { email }).ok;
    expect([uses(null), uses("mia@example.org"), uses("bo@example.org")]).toEqual([true, true, false]);
  });
});
