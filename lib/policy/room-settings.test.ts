import { describe, expect, it } from "vitest";
import { askerAs, organizationRoles, room, type Table, tableOf } from "@/tests/harness/policy-tables";
import type { Asker, Rules } from "./decision";
import type { MembershipSubject, RoomSubject } from "./room";
import {
  mayAdminister,
  mayAdministerRooms,
  mayArchive,
  mayChange,
  mayDelete,
  maySeeInside,
  maySetAccess,
  maySetDefault,
  mayUnsetDefault,
  maySetRole,
  mayUnarchive,
  mayUpdateRoom,
  type RoomField,
} from "./room-settings";

const archivedAt = "2026-01-01T00:00:00.000Z";
const nobody: Table = { owner: "ffff", admin: "ffff", member: "ffff", guest: "ffff" };
const admins: Table = { owner: "++++", admin: "++++", member: "fff+", guest: "fff+" };
const adminsInside: Table = { ...admins, owner: "f+++", admin: "f+++" };

describe("knowing of a private room from outside", () => {
  it("is for owners and admins, and never of a direct conversation", () => {
    const may = (subject: RoomSubject) => organizationRoles.filter((role) => mayAdminister(askerAs(role), subject));
    expect(may(room({ access: "private" }))).toEqual(["owner", "admin"]);
    expect(may(room({ kind: "direct" }))).toEqual([]);
  });

  it("is the same for the list of all rooms", () => {
    expect(organizationRoles.filter((role) => mayAdministerRooms(askerAs(role)).ok)).toEqual(["owner", "admin"]);
  });

  it("does not show its topic and description", () => {
    expect(maySeeInside(room({ access: "private" }), null)).toBe(false);
    expect(maySeeInside(room({ access: "private" }), { role: "member" })).toBe(true);
    for (const access of ["public", "restricted"] as const) expect(maySeeInside(room({ access }), null)).toBe(true);
  });

  it("is all that who runs the organization has of a room that they are banned from", () => {
    const banned = room({ bansAsker: true });
    expect(maySeeInside(banned, null)).toBe(false);
    const may = (field: RoomField) => mayChange[field](askerAs("owner"), banned, null).ok;
    expect([may("name"), may("avatar"), may("topic"), may("description"), may("history")]).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(maySetAccess(askerAs("owner"), banned, null)).toMatchObject({
      reason: "You're banned from this room, so you can't change who can join it. Ask another admin.",
    });
  });
});

const changing = (field: RoomField, subject: RoomSubject) =>
  tableOf((asker, membership) => mayChange[field](asker, subject, membership));

describe.each<[RoomField, { fromOutside: Table; inPrivate: Table }]>([
  ["name", { fromOutside: admins, inPrivate: admins }],
  ["avatar", { fromOutside: admins, inPrivate: admins }],
  ["description", { fromOutside: admins, inPrivate: adminsInside }],
  ["postingPolicy", { fromOutside: admins, inPrivate: adminsInside }],
  ["history", { fromOutside: admins, inPrivate: adminsInside }],
  ["notices", { fromOutside: admins, inPrivate: adminsInside }],
  ["membersSetTopic", { fromOutside: admins, inPrivate: adminsInside }],
  ["membersAddPeople", { fromOutside: admins, inPrivate: adminsInside }],
  ["membersPin", { fromOutside: admins, inPrivate: adminsInside }],
  ["membersMentionEveryone", { fromOutside: admins, inPrivate: adminsInside }],
])("changing the %s", (field, { fromOutside, inPrivate }) => {
  it("is for its admins and for who runs the organization", () => {
    expect(changing(field, room())).toEqual(fromOutside);
    expect(changing(field, room({ access: "restricted", postingPolicy: "moderators" }))).toEqual(fromOutside);
    expect(changing(field, room({ joinsEveryone: true }))).toEqual(fromOutside);
    expect(changing(field, room({ access: "private" }))).toEqual(inPrivate);
  });

  it("is for nobody in a direct conversation", () => {
    expect(changing(field, room({ kind: "direct" }))).toEqual(nobody);
  });

  it("waits in an archived room, and who may not do it is not told to unarchive it", () => {
    expect(changing(field, room({ archivedAt }))).toEqual({
      owner: "aaaa",
      admin: "aaaa",
      member: "fffa",
      guest: "fffa",
    });
  });
});

describe("changing who can find and join a room", () => {
  const setting = (subject: RoomSubject) => tableOf((asker, membership) => maySetAccess(asker, subject, membership));

  it("is for its admins and for who runs the organization, but nobody opens a private room from outside", () => {
    expect(setting(room())).toEqual(admins);
    expect(setting(room({ access: "restricted" }))).toEqual(admins);
    expect(setting(room({ access: "private" }))).toEqual(adminsInside);
  });

  it("is for nobody in the room that everyone is in and in a direct conversation, and waits in an archived room", () => {
    expect(setting(room({ joinsEveryone: true }))).toEqual(nobody);
    expect(setting(room({ kind: "direct" }))).toEqual(nobody);
    expect(setting(room({ archivedAt }))).toEqual({ owner: "aaaa", admin: "aaaa", member: "fffa", guest: "fffa" });
  });
});

describe("changing the topic", () => {
  it("is for members too, and for guests only as moderator or admin of the room", () => {
    expect(changing("topic", room())).toEqual({ owner: "++++", admin: "++++", member: "f+++", guest: "ff++" });
    expect(changing("topic", room({ access: "private" }))).toEqual({
      owner: "f+++",
      admin: "f+++",
      member: "f+++",
      guest: "ff++",
    });
  });

  it("is not for plain members if the settings of the room, or else of the organization, say so", () => {
    const under = (membersSetTopic: boolean, own: boolean | null) =>
      tableOf(({ role }, membership) =>
        mayChange.topic(askerAs(role, { membersSetTopic }), room({ membersSetTopic: own }), membership),
      );
    const moderators = { owner: "++++", admin: "++++", member: "ff++", guest: "ff++" };
    const everyone = { owner: "++++", admin: "++++", member: "f+++", guest: "ff++" };
    expect([under(false, null), under(true, false)]).toEqual([moderators, moderators]);
    expect([under(false, true), under(true, null)]).toEqual([everyone, everyone]);
  });

  it("is only for who may post, because the log shows it", () => {
    const byModerators = room({ postingPolicy: "moderators" });
    expect(changing("topic", byModerators)).toEqual({ owner: "++++", admin: "++++", member: "ff++", guest: "ff++" });
  });

  it("is for nobody in a direct conversation, and waits in an archived room", () => {
    expect(changing("topic", room({ kind: "direct" }))).toEqual(nobody);
    expect(changing("topic", room({ archivedAt }))).toEqual({
      owner: "aaaa",
      admin: "aaaa",
      member: "faaa",
      guest: "ffaa",
    });
  });
});

describe("changing several fields", () => {
  const update = (changes: Parameters<typeof mayUpdateRoom>[3]) =>
    tableOf((asker, membership) => mayUpdateRoom(asker, room(), membership, changes));

  it("is for who may change each of them", () => {
    expect(update({ topic: "" })).toEqual(changing("topic", room()));
    expect(update({ topic: "", name: "tea" })).toEqual(admins);
    expect(update({ topic: "", name: undefined })).toEqual(changing("topic", room()));
  });
});

describe("archiving and unarchiving", () => {
  const archiving = (subject: RoomSubject) => tableOf((asker, membership) => mayArchive(asker, subject, membership));
  const unarchiving = (subject: RoomSubject) =>
    tableOf((asker, membership) => mayUnarchive(asker, subject, membership));

  it("is for its admins and for who runs the organization, in a private room also from outside", () => {
    for (const subject of [room(), room({ access: "private" }), room({ archivedAt })])
      expect([archiving(subject), unarchiving(subject)]).toEqual([admins, admins]);
  });

  it("is refused in a direct conversation, and archiving where everybody is", () => {
    expect([archiving(room({ kind: "direct" })), unarchiving(room({ kind: "direct" }))]).toEqual([nobody, nobody]);
    expect(archiving(room({ joinsEveryone: true }))).toEqual(nobody);
    expect(unarchiving(room({ joinsEveryone: true }))).toEqual(admins);
  });
});

describe("deleting", () => {
  const deleting = (subject: RoomSubject, rules: Partial<Rules> = {}) =>
    tableOf(({ role }, membership) => mayDelete(askerAs(role, rules), subject, membership));
  const owners: Table = { ...nobody, owner: "++++", admin: "++++" };

  it("is for who runs the organization, and for the room's admins only if the settings say so", () => {
    for (const subject of [room(), room({ access: "private" }), room({ archivedAt })]) {
      expect(deleting(subject)).toEqual(owners);
      expect(deleting(subject, { roomAdminsDelete: true })).toEqual({ ...owners, member: "fff+" });
    }
  });

  it("is refused where everybody is, and in a direct conversation", () => {
    for (const subject of [room({ joinsEveryone: true }), room({ kind: "direct" })])
      expect(deleting(subject, { roomAdminsDelete: true })).toEqual(nobody);
  });
});

describe("choosing what newcomers join", () => {
  const choosing = (subject: RoomSubject) => tableOf((asker, membership) => maySetDefault(asker, subject, membership));

  it("is for who runs the organization, and of public rooms", () => {
    expect(choosing(room())).toEqual({ ...nobody, owner: "++++", admin: "++++" });
    for (const access of ["restricted", "private"] as const) expect(choosing(room({ access }))).toEqual(nobody);
    for (const subject of [room({ joinsEveryone: true }), room({ kind: "direct" })])
      expect(choosing(subject)).toEqual(nobody);
    expect(choosing(room({ archivedAt }))).toEqual({ ...nobody, owner: "aaaa", admin: "aaaa" });
  });

  it("can be taken back when the room is public no longer", () => {
    const unsetting = (subject: RoomSubject) =>
      tableOf((asker, membership) => mayUnsetDefault(asker, subject, membership));
    for (const access of ["public", "restricted", "private"] as const)
      expect(unsetting(room({ access }))).toEqual({ ...nobody, owner: "++++", admin: "++++" });
    for (const subject of [room({ joinsEveryone: true }), room({ kind: "direct" })])
      expect(unsetting(subject)).toEqual(nobody);
    expect(unsetting(room({ archivedAt }))).toEqual({ ...nobody, owner: "aaaa", admin: "aaaa" });
  });
});

describe("changing a role in a room", () => {
  const setting = (
    role: MembershipSubject["role"],
    subject: RoomSubject = room(),
    organizationRole: Asker["role"] = "member",
    deactivatedAt: string | null = null,
  ) =>
    tableOf((asker, membership) => maySetRole(asker, subject, membership, { organizationRole, deactivatedAt }, role));

  it.each(["admin", "moderator", "member"] as const)(
    "to %s is for its admins and for who runs the organization",
    (role) => {
      for (const target of ["owner", "admin", "member"] as const) expect(setting(role, room(), target)).toEqual(admins);
      expect(setting(role, room({ kind: "direct" }))).toEqual(nobody);
      expect(setting(role, room({ archivedAt }))).toEqual({
        owner: "aaaa",
        admin: "aaaa",
        member: "fffa",
        guest: "fffa",
      });
    },
  );

  it("from outside a private room only makes one of its members an admin", () => {
    expect(setting("admin", room({ access: "private" }))).toEqual(admins);
    for (const role of ["moderator", "member"] as const)
      expect(setting(role, room({ access: "private" }))).toEqual(adminsInside);
  });

  it("never gives a guest more than member", () => {
    for (const role of ["admin", "moderator"] as const) expect(setting(role, room(), "guest")).toEqual(nobody);
    expect(setting("member", room(), "guest")).toEqual(admins);
  });

  it("never gives a deactivated person more than member", () => {
    for (const role of ["admin", "moderator"] as const)
      expect(setting(role, room(), "member", archivedAt)).toEqual(nobody);
    expect(setting("member", room(), "member", archivedAt)).toEqual(admins);
  });
});

describe("a refusal", () => {
  const member: Asker = askerAs("member");
  it.each([
    [
      mayChange.name(member, room(), { role: "moderator" }),
      "Only this room's admins, and the organization's owners and admins, can rename it. Ask one of them.",
    ],
    [
      mayChange.topic({ ...member, role: "guest" }, room(), { role: "member" }),
      "Guests can't change the topic. Ask a member to change it.",
    ],
    [
      mayArchive(member, room(), { role: "member" }),
      "Only this room's admins, and the organization's owners and admins, can archive it. Ask one of them.",
    ],
  ])("says what was needed and who can do it (%#)", (decision, reason) => {
    expect(decision).toMatchObject({ ok: false, reason });
  });
});
