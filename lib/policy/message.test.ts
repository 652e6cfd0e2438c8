import { describe, expect, it } from "vitest";
import { askerAs, letter, organizationRoles, room, roomRoles, type Table } from "@/tests/harness/policy-tables";
import type { Asker, Decision } from "./decision";
import {
  canBeginThread,
  type MessageSubject,
  mayChangeThread,
  mayDeleteMessage,
  mayEditMessage,
  mayFollowThread,
  mayMoveMessage,
  mayPinMessage,
  mayReact,
} from "./message";
import type { MembershipSubject, RoomSubject } from "./room";

type Policy = (
  asker: Asker,
  room: RoomSubject,
  membership: MembershipSubject | null,
  message: MessageSubject,
) => Decision;

const message = (given: Partial<MessageSubject> = {}): MessageSubject => {
  return { authorId: "me", kind: "person", deletedAt: null, ...given };
};

/** One letter for each role in the room: none, member, moderator, admin. `+` is yes, `f` forbidden, `g` gone, `a` archived. */
function tableOf(may: Policy, subject: MessageSubject, place = room()): Table {
  const row = (role: Asker["role"]) =>
    roomRoles.map((roomRole) => letter(may(askerAs(role), place, roomRole && { role: roomRole }, subject))).join("");
  return Object.fromEntries(organizationRoles.map((role) => [role, row(role)])) as Record<Asker["role"], string>;
}
const all = (answers: string) => ({ owner: answers, admin: answers, member: answers, guest: answers });
const deletedAt = "2026-01-01T00:00:00.000Z";

describe("editing a message", () => {
  it("is for its author, while they may write in the room", () => {
    expect(tableOf(mayEditMessage, message())).toEqual(all("f+++"));
    expect(tableOf(mayEditMessage, message(), room({ archivedAt: deletedAt }))).toEqual(all("faaa"));
    const byModerators = room({ postingPolicy: "moderators" });
    expect(tableOf(mayEditMessage, message(), byModerators)).toEqual({
      ...all("f+++"),
      member: "ff++",
      guest: "ff++",
    });
  });

  it("is for nobody else, not even who runs the room or the organization", () => {
    expect(tableOf(mayEditMessage, message({ authorId: "somebody else" }))).toEqual(all("ffff"));
    expect(tableOf(mayEditMessage, message({ authorId: null, kind: "webhook" }))).toEqual(all("ffff"));
  });

  it("is over when it was deleted", () => {
    expect(tableOf(mayEditMessage, message({ deletedAt }))).toEqual(all("gggg"));
  });

  it("is never for a notice, even by who did what it tells", () => {
    expect(tableOf(mayEditMessage, message({ kind: "notice" }))).toEqual(all("ffff"));
  });
});

it("A thread is followed by members of the room, and begins with a message that is neither a reply nor a notice", () => {
  expect(mayFollowThread({ role: "member" }).ok).toBe(true);
  expect(mayFollowThread(null)).toMatchObject({ ok: false, code: "forbidden" });
  expect(canBeginThread({ kind: "person", threadId: null })).toBe(true);
  expect(canBeginThread({ kind: "webhook", threadId: null })).toBe(true);
  expect(canBeginThread({ kind: "person", threadId: "another" })).toBe(false);
  expect(canBeginThread({ kind: "notice", threadId: null })).toBe(false);
});

it("A thread is given a title and resolved by moderators, admins and the author of its first message", () => {
  expect(tableOf(mayChangeThread, message())).toEqual(all("f+++"));
  expect(tableOf(mayChangeThread, message({ deletedAt }))).toEqual(all("f+++"));
  expect(tableOf(mayChangeThread, message(), room({ archivedAt: deletedAt }))).toEqual(all("faaa"));
  expect(tableOf(mayChangeThread, message({ authorId: "them" }))).toEqual({
    owner: "f+++",
    admin: "f+++",
    member: "ff++",
    guest: "ff++",
  });
});

it("A message is moved by its author, moderators and admins, while the room is open", () => {
  expect(tableOf(mayMoveMessage, message())).toEqual(all("f+++"));
  expect(tableOf(mayMoveMessage, message({ deletedAt }))).toEqual(all("fggg"));
  expect(tableOf(mayMoveMessage, message({ kind: "notice" }))).toEqual(all("ffff"));
  expect(tableOf(mayMoveMessage, message(), room({ archivedAt: deletedAt }))).toEqual(all("faaa"));
  const theirs = tableOf(mayMoveMessage, message({ authorId: "them" }));
  expect(theirs).toEqual({ owner: "f+++", admin: "f+++", member: "ff++", guest: "ff++" });
});

describe("deleting a message", () => {
  it("is for its author, guests too, whatever the posting policy", () => {
    expect(tableOf(mayDeleteMessage, message())).toEqual(all("f+++"));
    expect(tableOf(mayDeleteMessage, message(), room({ postingPolicy: "moderators" }))).toEqual(all("f+++"));
  });

  it.each(["person", "bot", "webhook"] as const)("of another author, kind %s, is for moderators", (kind) => {
    const others = message({ authorId: kind === "person" ? "somebody else" : null, kind });
    expect(tableOf(mayDeleteMessage, others)).toEqual({ owner: "f+++", admin: "f+++", member: "ff++", guest: "ff++" });
  });

  it("is for nobody in an archived room", () => {
    expect(tableOf(mayDeleteMessage, message(), room({ archivedAt: deletedAt }))).toEqual(all("faaa"));
  });

  it("is never for a notice: they are the room's memory of who came and went", () => {
    expect(tableOf(mayDeleteMessage, message({ kind: "notice" }))).toEqual(all("ffff"));
  });
});

describe("reacting to a message", () => {
  const may: Policy = (_, place, membership, subject) => mayReact(place, membership, subject);

  it("is for every member, guests too, whatever the posting policy and whoever wrote it", () => {
    expect(tableOf(may, message())).toEqual(all("f+++"));
    expect(tableOf(may, message({ authorId: "somebody else" }))).toEqual(all("f+++"));
    expect(tableOf(may, message({ authorId: null, kind: "webhook" }))).toEqual(all("f+++"));
    expect(tableOf(may, message(), room({ postingPolicy: "moderators" }))).toEqual(all("f+++"));
  });

  it("is for nobody in an archived room", () => {
    expect(tableOf(may, message(), room({ archivedAt: deletedAt }))).toEqual(all("faaa"));
  });

  it("is over when the message was deleted, and never for a notice", () => {
    expect(tableOf(may, message({ deletedAt }))).toEqual(all("fggg"));
    expect(tableOf(may, message({ kind: "notice" }))).toEqual(all("ffff"));
  });
});

describe("pinning a message", () => {
  const moderators = { owner: "f+++", admin: "f+++", member: "ff++", guest: "ff++" };
  const everyone = { ...moderators, member: "f+++" };

  it("is for members of the room, whoever wrote it, but not for guests", () => {
    expect(tableOf(mayPinMessage, message())).toEqual(everyone);
    expect(tableOf(mayPinMessage, message({ authorId: null, kind: "webhook" }))).toEqual(everyone);
    expect(tableOf(mayPinMessage, message(), room({ access: "private" }))).toEqual(everyone);
  });

  it("is for moderators alone if the settings say so, or if only they may post", () => {
    expect(tableOf(mayPinMessage, message(), room({ membersPin: false }))).toEqual(moderators);
    expect(tableOf(mayPinMessage, message(), room({ postingPolicy: "moderators" }))).toEqual(moderators);
    const asMember = (membersPin: boolean, own: boolean | null) =>
      letter(
        mayPinMessage(askerAs("member", { membersPin }), room({ membersPin: own }), { role: "member" }, message()),
      );
    expect([asMember(false, null), asMember(true, false), asMember(false, true), asMember(true, null)].join("")).toBe(
      "ff++",
    );
  });

  it("is for everyone but guests in a direct room, whatever the organization says", () => {
    const here = room({ kind: "direct", access: "private" });
    expect(letter(mayPinMessage(askerAs("member", { membersPin: false }), here, { role: "member" }, message()))).toBe(
      "+",
    );
    expect(tableOf(mayPinMessage, message(), here).guest).toBe("ff++");
  });

  it("is for nobody in an archived room, and never for a notice or a deleted message", () => {
    expect(tableOf(mayPinMessage, message(), room({ archivedAt: deletedAt }))).toEqual(all("faaa"));
    expect(tableOf(mayPinMessage, message({ kind: "notice" }))).toEqual(all("ffff"));
    expect(tableOf(mayPinMessage, message({ deletedAt }))).toEqual(all("fggg"));
  });
});
