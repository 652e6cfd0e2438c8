import { describe, expect, it } from "vitest";
import { askerAs, letter, organizationRoles, room, type Table, tableOf } from "@/tests/harness/policy-tables";
import type { Asker } from "./decision";
import {
  floorFor,
  floorOfNewcomer,
  lossesOfLeaving,
  type MembershipSubject,
  mayAddMembers,
  mayBan,
  mayCreateRoom,
  mayFind,
  mayJoin,
  mayLeave,
  mayDeleteOthersMessages,
  mayPost,
  mayRead,
  mayRemoveMember,
  maySeeBans,
  mayUnban,
  refuseBanned,
  type RoomSubject,
} from "./room";

const archivedAt = "2026-01-01T00:00:00.000Z";

describe("the floor", () => {
  const open = { history: "everything", floorSeq: 5, clock: 20 } as const;
  const closed = { ...open, history: "fromJoining" } as const;

  it("is a member's own, whatever the room's history is now", () => {
    for (const subject of [open, closed]) expect(floorFor(subject, { floorSeq: 3 })).toBe(3);
  });

  it("is the room's for a preview, which shows nothing if newcomers see nothing", () => {
    expect([floorFor(open, null), floorFor(closed, null)]).toEqual([5, 20]);
  });

  it("of a newcomer is the room's, or just below their joining", () => {
    expect([floorOfNewcomer(open, 21), floorOfNewcomer(closed, 21)]).toEqual([5, 20]);
  });
});

describe("leaving", () => {
  const open: Parameters<typeof lossesOfLeaving>[1] = { ...room(), history: "everything", floorSeq: 5 };
  const mine = { role: "member", floorSeq: 5 } as const;
  const losses = (
    change: Partial<typeof open>,
    membership: Parameters<typeof lossesOfLeaving>[2] = mine,
    inGroup = false,
  ) =>
    Object.entries(lossesOfLeaving(askerAs("member"), { ...open, ...change }, membership, inGroup))
      .filter(([, isLost]) => isLost)
      .map(([what]) => what);

  it("a public room loses nothing for a member who sees what newcomers see", () => {
    expect(losses({})).toEqual([]);
  });
  it("loses what newcomers do not see", () => {
    expect(losses({}, { ...mine, floorSeq: 0 })).toEqual(["history"]);
    expect(losses({ history: "fromJoining" })).toEqual(["history"]);
  });
  it("loses the room for who could not join it again", () => {
    expect(losses({ access: "private" })).toEqual(["access"]);
    expect(losses({ archivedAt })).toEqual(["access"]);
    expect(losses({ access: "restricted" })).toEqual(["access"]);
    expect(losses({ access: "restricted" }, mine, true)).toEqual([]);
    expect(lossesOfLeaving(askerAs("guest"), open, mine, false).access).toBe(true);
  });
  it("loses a role", () => {
    for (const role of ["moderator", "admin"] as const) expect(losses({}, { ...mine, role })).toEqual(["role"]);
  });
});

describe("reading a room", () => {
  const reading = (subject: RoomSubject, inGroup = false): Table =>
    tableOf((asker, membership) => mayRead(asker, subject, membership, inGroup));

  it("is for members, and in a public room for everybody but guests", () => {
    expect(reading(room())).toEqual({ owner: "++++", admin: "++++", member: "++++", guest: "n+++" });
  });

  it("is in a restricted room also for its group and for who runs the organization", () => {
    const restricted = room({ access: "restricted" });
    expect(reading(restricted)).toEqual({ owner: "++++", admin: "++++", member: "n+++", guest: "n+++" });
    expect(reading(restricted, true)).toEqual({ owner: "++++", admin: "++++", member: "++++", guest: "n+++" });
  });

  it("is in a private room or a direct conversation for members alone, whatever group or role they have", () => {
    const members = { owner: "n+++", admin: "n+++", member: "n+++", guest: "n+++" };
    expect(reading(room({ access: "private" }), true)).toEqual(members);
    expect(reading(room({ kind: "direct", access: "public" }), true)).toEqual(members);
  });

  it("goes on in an archived room", () => {
    expect(reading(room({ archivedAt }))).toEqual({ owner: "++++", admin: "++++", member: "++++", guest: "n+++" });
  });
});

describe("finding and joining a room", () => {
  // The asker is not in the room, so there is one letter for each role in the organization.
  const joining = (subject: RoomSubject, inGroup = false) =>
    organizationRoles.map((role) => letter(mayJoin(askerAs(role), subject, inGroup))).join("");
  const finding = (subject: RoomSubject, inGroup = false) =>
    organizationRoles.map((role) => (mayFind(askerAs(role), subject, inGroup) ? "+" : "-")).join("");

  it.each([
    ["public", false, "+++n"],
    ["public", true, "+++n"],
    ["restricted", false, "++nn"],
    ["restricted", true, "+++n"],
    ["private", false, "nnnn"],
    ["private", true, "nnnn"],
  ] as const)(
    "in a %s room, of its group: %s, is answered %s to owner, admin, member, guest",
    (access, inGroup, answers) => {
      expect(joining(room({ access }), inGroup)).toBe(answers);
      expect(finding(room({ access }), inGroup)).toBe(answers.replaceAll("n", "-"));
    },
  );

  it("of a direct conversation is refused as if there were none", () => {
    expect(joining(room({ kind: "direct" }), true)).toBe("nnnn");
  });

  it("of an archived room finds it but does not let in, and tells guests nothing", () => {
    expect(finding(room({ archivedAt }))).toBe("+++-");
    expect(joining(room({ archivedAt }))).toBe("aaan");
  });
});

describe("creating a room", () => {
  it("is for everybody but guests", () => {
    const answers = organizationRoles.map((role) => letter(mayCreateRoom(askerAs(role))));
    expect(answers.join("")).toBe("+++f");
  });

  it("is only for who runs the organization if its settings say so", () => {
    const may = (role: Asker["role"]) => letter(mayCreateRoom(askerAs(role, { membersCreateRooms: false })));
    expect(organizationRoles.map(may).join("")).toBe("++ff");
  });
});

describe("leaving a room", () => {
  it("is refused where everybody is, and in a direct conversation", () => {
    expect(mayLeave(room())).toEqual({ ok: true });
    expect(mayLeave(room({ archivedAt }))).toEqual({ ok: true });
    expect(letter(mayLeave(room({ joinsEveryone: true })))).toBe("f");
    expect(letter(mayLeave(room({ kind: "direct" })))).toBe("f");
  });
});

describe("adding people to a room", () => {
  const adding = (subject: RoomSubject) => tableOf((asker, membership) => mayAddMembers(asker, subject, membership));

  it("is for members, for guests only as moderator or admin of the room, and for who runs the organization from outside", () => {
    const expected = { owner: "++++", admin: "++++", member: "f+++", guest: "ff++" };
    expect(adding(room())).toEqual(expected);
    expect(adding(room({ access: "restricted" }))).toEqual(expected);
  });

  it("is not for plain members if the settings of the room, or else of the organization, say so", () => {
    const under = (membersAddPeople: boolean, own: boolean | null) =>
      tableOf(({ role }, membership) =>
        mayAddMembers(askerAs(role, { membersAddPeople }), room({ membersAddPeople: own }), membership),
      );
    const moderators = { owner: "++++", admin: "++++", member: "ff++", guest: "ff++" };
    const everyone = { owner: "++++", admin: "++++", member: "f+++", guest: "ff++" };
    expect([under(false, null), under(true, false)]).toEqual([moderators, moderators]);
    expect([under(false, true), under(true, null)]).toEqual([everyone, everyone]);
  });

  it("is in a private room for nobody from outside", () => {
    expect(adding(room({ access: "private" }))).toEqual({
      owner: "f+++",
      admin: "f+++",
      member: "f+++",
      guest: "ff++",
    });
  });

  it("is for nobody in an archived room or a direct conversation", () => {
    const all = (answer: string) => ({ owner: answer, admin: answer, member: answer, guest: answer });
    expect(adding(room({ archivedAt }))).toEqual(all("aaaa"));
    expect(adding(room({ kind: "direct" }))).toEqual(all("ffff"));
  });
});

describe("removing somebody from a room", () => {
  const removing = (
    target: { role: MembershipSubject["role"]; organizationRole: Asker["role"] },
    subject: RoomSubject = room(),
  ) => tableOf((asker, membership) => mayRemoveMember(asker, subject, membership, target));
  const moderators = { owner: "++++", admin: "++++", member: "ff++", guest: "ff++" };
  const admins = { owner: "++++", admin: "++++", member: "fff+", guest: "fff+" };
  const nobody = { owner: "ffff", admin: "ffff", member: "ffff", guest: "ffff" };

  it.each(["member", "moderator"] as const)(
    "who is a %s is for its moderators, its admins and who runs the organization",
    (role) => {
      expect(removing({ role, organizationRole: "member" })).toEqual(moderators);
      expect(removing({ role, organizationRole: "guest" })).toEqual(moderators);
    },
  );

  it("who is an admin, here or of the organization, is not for moderators", () => {
    expect(removing({ role: "admin", organizationRole: "member" })).toEqual(admins);
    expect(removing({ role: "member", organizationRole: "admin" })).toEqual(admins);
  });

  it("who owns the organization is for owners alone", () => {
    expect(removing({ role: "member", organizationRole: "owner" })).toEqual({ ...nobody, owner: "++++" });
  });

  it("is for nobody where everybody is, and in a direct conversation", () => {
    const target = { role: "member", organizationRole: "member" } as const;
    expect(removing(target, room({ joinsEveryone: true }))).toEqual(nobody);
    expect(removing(target, room({ kind: "direct" }))).toEqual(nobody);
  });

  it("goes on in an archived room", () => {
    expect(removing({ role: "member", organizationRole: "member" }, room({ archivedAt }))).toEqual(moderators);
  });
});

describe("banning somebody from a room", () => {
  const banning = (
    may: typeof mayBan,
    role: MembershipSubject["role"] | null,
    organizationRole: Asker["role"],
    subject = room(),
  ) => tableOf((asker, membership) => may(asker, subject, membership, { personId: "them", role, organizationRole }));
  const moderators = { owner: "++++", admin: "++++", member: "ff++", guest: "ff++" };
  const admins = { owner: "++++", admin: "++++", member: "fff+", guest: "fff+" };

  it.each([mayBan, mayUnban])("follows the rules for removing, also for who is not in the room", (may) => {
    for (const role of [null, "member", "moderator"] as const) expect(banning(may, role, "member")).toEqual(moderators);
    expect(banning(may, "admin", "member")).toEqual(admins);
    expect(banning(may, null, "admin")).toEqual(admins);
    expect(banning(may, null, "owner")).toEqual({ owner: "++++", admin: "ffff", member: "ffff", guest: "ffff" });
  });

  it("is for nobody where everybody is, in a direct message, and of oneself", () => {
    const nobody = { owner: "ffff", admin: "ffff", member: "ffff", guest: "ffff" };
    expect(banning(mayBan, "member", "member", room({ joinsEveryone: true }))).toEqual(nobody);
    expect(banning(mayBan, "member", "member", room({ kind: "direct" }))).toEqual(nobody);
    for (const may of [mayBan, mayUnban]) {
      const own = { personId: "me", role: null, organizationRole: "member" } as const;
      expect(tableOf((asker, membership) => may(asker, room(), membership, own))).toEqual(nobody);
    }
  });

  it("is known to moderators and admins only", () => {
    expect(tableOf((asker, membership) => maySeeBans(asker, room(), membership))).toEqual({
      owner: "++++",
      admin: "++++",
      member: "ff++",
      guest: "ff++",
    });
    const words = (role: MembershipSubject["role"]) => refuseBanned(askerAs("member"), room(), { role }, ["Bo"]);
    expect(words("moderator")).toMatchObject({ ok: false, reason: "Bo is banned from this room. Unban them first." });
    expect(words("member")).toMatchObject({ ok: false, reason: "Bo can't be added. Ask an admin of this room." });
  });
});

describe("writing in a room", () => {
  const posting = (subject: RoomSubject) => tableOf((asker, membership) => mayPost(asker, subject, membership));

  it("is for all its members, guests too, and for nobody from outside", () => {
    expect(posting(room())).toEqual({ owner: "f+++", admin: "f+++", member: "f+++", guest: "f+++" });
  });

  it("is by policy for its moderators, its admins, and members who run the organization", () => {
    expect(posting(room({ postingPolicy: "moderators" }))).toEqual({
      owner: "f+++",
      admin: "f+++",
      member: "ff++",
      guest: "ff++",
    });
  });

  it("is for no member of an archived room, whatever the policy", () => {
    for (const postingPolicy of ["everyone", "moderators"] as const) {
      const subject = room({ archivedAt, postingPolicy });
      expect(posting(subject)).toEqual({ owner: "faaa", admin: "faaa", member: "faaa", guest: "faaa" });
    }
  });
});

describe("deleting what others wrote", () => {
  it("is for moderators and admins of the room, and for members of it who run the organization", () => {
    expect(tableOf(mayDeleteOthersMessages)).toEqual({ owner: "f+++", admin: "f+++", member: "ff++", guest: "ff++" });
  });
});

describe("a refusal", () => {
  it.each([
    [mayPost(askerAs("member"), room(), null), "Join this room to post in it."],
    [
      mayPost(askerAs("member"), room({ archivedAt }), { role: "member" }),
      "This room is archived. No one can post in it. Its admins can unarchive it.",
    ],
    [mayCreateRoom(askerAs("guest")), "Guests can't create rooms. Ask a member to create one."],
  ])("says the reason (%#)", (decision, reason) => {
    expect(decision).toMatchObject({ ok: false, reason });
  });
});
