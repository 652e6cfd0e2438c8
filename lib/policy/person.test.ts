import { describe, expect, it } from "vitest";
import { askerAs, letter, organizationRoles } from "@/tests/harness/policy-tables";
import type { Asker, Decision } from "./decision";
import {
  hasLeft,
  mayAdministerPeople,
  mayDeactivate,
  mayEndLogins,
  mayReactivate,
  mayReleaseHandle,
  maySetGuestEnd,
  maySetOrganizationRole,
  mayTransferOwnership,
  type PersonSubject,
} from "./person";

const target = (role: Asker["role"], given: Partial<PersonSubject> = {}): PersonSubject => {
  return { id: "them", role, deactivatedAt: null, ...given };
};
/** One letter for each role of the asker: owner, admin, member, guest. */
const row = (may: (asker: Asker) => Decision) => organizationRoles.map((role) => letter(may(askerAs(role)))).join("");
/** A row for each role of the target, in the same order. */
const table = (may: (asker: Asker, subject: PersonSubject) => Decision, given: Partial<PersonSubject> = {}) =>
  organizationRoles.map((role) => row((asker) => may(asker, target(role, given))));

describe("administering people", () => {
  const adminsAndOwnersForOwners = ["+fff", "++ff", "++ff", "++ff"];

  it("is for owners and admins, and of owners for owners", () => {
    expect(row(mayAdministerPeople)).toBe("++ff");
    for (const may of [mayDeactivate, mayReactivate, mayEndLogins, mayReleaseHandle])
      expect(table(may)).toEqual(adminsAndOwnersForOwners);
  });

  it("as a change of role makes owners only by owners", () => {
    const setting = (role: Asker["role"]) => table((asker, subject) => maySetOrganizationRole(asker, subject, role));
    expect(setting("admin")).toEqual(adminsAndOwnersForOwners);
    expect(setting("member")).toEqual(adminsAndOwnersForOwners);
    expect(setting("owner")).toEqual(["+fff", "+fff", "+fff", "+fff"]);
    expect(setting("guest")).toEqual(adminsAndOwnersForOwners);
  });

  it("leaves the last owner one", () => {
    const last = target("owner", { isLastOwner: true });
    expect(row((asker) => maySetOrganizationRole(asker, last, "admin"))).toBe("ffff");
    expect(row((asker) => maySetOrganizationRole(asker, last, "owner"))).toBe("+fff");
    expect(row((asker) => mayDeactivate(asker, last))).toBe("ffff");
  });

  it("tells the only owner about themselves", () => {
    const reasonFor = (id: string) =>
      maySetOrganizationRole(askerAs("owner"), target("owner", { id, isLastOwner: true }), "admin");
    expect(reasonFor("me")).toMatchObject({ reason: "You are the only owner. Make someone else an owner first." });
    expect(reasonFor("them")).toMatchObject({ reason: "They are the only owner. Make someone else an owner first." });
  });

  it("changes no role of somebody deactivated", () => {
    const deactivatedAt = new Date();
    expect(row((asker) => maySetOrganizationRole(asker, target("member", { deactivatedAt }), "admin"))).toBe("ffff");
    expect(row((asker) => mayTransferOwnership(asker, target("member", { deactivatedAt })))).toBe("ffff");
  });

  it("does not bring back somebody who left by themselves", () => {
    const left = { deactivatedAt: new Date(), leftAt: new Date() };
    expect(table(mayReactivate, left)).toEqual(["ffff", "ffff", "ffff", "ffff"]);
    expect(mayReactivate(askerAs("owner"), target("member", left))).toMatchObject({
      reason: "They left by themselves. Invite them to come back.",
    });
    for (const decision of [
      maySetOrganizationRole(askerAs("owner"), target("member", left), "admin"),
      mayTransferOwnership(askerAs("owner"), target("member", left)),
    ])
      expect(decision).toMatchObject({ reason: "They left the organization. Invite them first." });
  });

  it("deactivates somebody who left, and reactivates them then", () => {
    const left = { deactivatedAt: new Date(1), leftAt: new Date(1) };
    expect(hasLeft(left)).toBe(true);
    expect(table(mayDeactivate, left)).toEqual(adminsAndOwnersForOwners);
    const since = { ...left, deactivatedAt: new Date(2) };
    expect(hasLeft(since)).toBe(false);
    expect(table(mayReactivate, since)).toEqual(adminsAndOwnersForOwners);
    expect(maySetOrganizationRole(askerAs("owner"), target("member", since), "admin")).toMatchObject({
      reason: "They are deactivated. Reactivate them first.",
    });
    expect(hasLeft({ deactivatedAt: null, leftAt: new Date() }), "the previous version has reactivated them").toBe(
      false,
    );
  });

  it("is not for oneself where it would lock oneself out", () => {
    expect(row((asker) => mayDeactivate(asker, target("admin", { id: "me" })))).toBe("ffff");
    expect(row((asker) => mayEndLogins(asker, target("admin", { id: "me" })))).toBe("++ff");
  });

  it("hands over ownership as an owner, to someone else who is not a guest", () => {
    expect(table(mayTransferOwnership)).toEqual(["+fff", "+fff", "+fff", "ffff"]);
    expect(row((asker) => mayTransferOwnership(asker, target("owner", { id: "me" })))).toBe("ffff");
  });

  it("sets the end of guests alone", () => {
    expect(table(maySetGuestEnd)).toEqual(["ffff", "ffff", "ffff", "++ff"]);
  });

  it("says what was needed and whom to ask", () => {
    expect(mayDeactivate(askerAs("member"), target("member"))).toMatchObject({
      reason: "Only owners and admins can deactivate someone. Ask one of them.",
    });
    expect(mayDeactivate(askerAs("admin"), target("owner"))).toMatchObject({
      reason: "Only an owner can deactivate someone who is an owner.",
    });
  });
});
