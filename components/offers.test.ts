import { expect, it } from "vitest";
import { askerAs, room } from "@/tests/harness/policy-tables";
import { type Asker, no, yes } from "@/lib/policy/decision";
import type { MembershipSubject } from "@/lib/policy/room";
import { mentionOffers, type MentionSituation } from "./composer/mention-offers";
import { messageActions } from "./messages/message-actions";
import { type Offer, offered } from "./offers";
import { memberOffers, type MemberSituation } from "./people/member-offers";
import { roomOffers, type RoomSituation } from "./rooms/room-offers";
import { cardOffers, type CardSituation } from "./profile/card-offers";
import { personActs } from "./settings/person-acts";
import { settingsPages } from "./settings/settings-pages";
import { organizationOffers } from "./shell/organization-offers";
import { threadOffers } from "./threads/thread-offers";

// What each role is offered: one row per offer. The columns are those of the table of permissions: owner, admin, room admin,
// room moderator, member, guest. Each of them is a member of the room.

type Role = readonly [Asker["role"], MembershipSubject["role"]];
const roles: readonly Role[] = [
  ["owner", "member"],
  ["admin", "member"],
  ["member", "admin"],
  ["member", "moderator"],
  ["member", "member"],
  ["guest", "member"],
];

/** Maps each offer to one sign per role: `+` if the role is offered it, else `-`. */
function rows<S>(offers: readonly Offer<S>[], situationOf: (asker: Asker, membership: MembershipSubject) => S) {
  const keysOf = roles.map(([role, roomRole]) => {
    return new Set(offered(offers, situationOf(askerAs(role), { role: roomRole })).map(({ key }) => key));
  });
  return Object.fromEntries(offers.map(({ key }) => [key, keysOf.map((keys) => (keys.has(key) ? "+" : "-")).join("")]));
}

const pick = (all: Record<string, string>, ...keys: string[]) =>
  Object.fromEntries(keys.map((key) => [key, all[key] ?? "missing"]));

const inRoom = (given: Parameters<typeof room>[0] = {}) =>
  rows<RoomSituation>(roomOffers, (asker, membership) => ({ asker, membership, room: room(given) }));
const forMember = (
  person: Partial<MemberSituation["member"]["person"]>,
  role: MembershipSubject["role"] = "member",
  isBlocked = false,
) =>
  rows<MemberSituation>(memberOffers, (asker, membership) => {
    return {
      asker,
      membership,
      isBlocked,
      room: room(),
      member: { role, person: { id: "them", role: "member", deactivatedAt: null, ...person } },
    };
  });
const forCard = (person: Partial<CardSituation["person"]>, sharesChannel = true, isBlocked = false) =>
  rows<CardSituation>(cardOffers, (asker, membership) => {
    const them = { id: "them", name: "Them", role: "member" as const, deactivatedAt: null, ...person };
    const here = sharesChannel ? { room: room(), membership } : null;
    return { asker, person: them, sharesChannel, isBlocked, here };
  });
const inRoomOf = (memberCount: number, given: Parameters<typeof room>[0] = {}) =>
  rows<MentionSituation>(mentionOffers, (asker, membership) => {
    return { asker, membership, room: { ...room(given), memberCount } };
  });
const onMessageBy = (authorId: string, given: { movedAt?: string; isInThread?: boolean } = {}) =>
  rows(messageActions, (asker, membership) => {
    const reactions = [{ emoji: "🎉", count: 1, isMine: false, personIds: [], seq: 1, changedSeq: 1 }];
    const { movedAt = null, isInThread = false } = given;
    const times = { movedAt, deletedAt: null, editedAt: movedAt, pinnedAt: null };
    const message = { authorId, kind: "person" as const, threadId: movedAt && "t", reactions, ...times };
    return { asker, membership, room: room(), message, thread: isInThread ? { isFollowed: true } : undefined };
  });
const person = { id: "them", role: "member", name: "", handle: "", picture: null, deactivatedAt: null } as never;

const movedAt = "2026-11-28T09:00:00.000Z";
const everyone = { block: "++++++", unblock: "------" };
const oneself = { block: "------", unblock: "------" };
const admins = "+++---";
const moderators = "++++--";
const members = "+++++-";

it.each<[list: string, actual: Record<string, string>, expected: Record<string, string>]>([
  [
    "a public room",
    inRoom(),
    {
      name: admins,
      topic: members,
      description: admins,
      postingPolicy: admins,
      membersSetTopic: admins,
      membersAddPeople: admins,
      membersPin: admins,
      membersMentionEveryone: admins,
      history: admins,
      notices: admins,
      avatar: admins,
      access: admins,
      addPeople: members,
      seeBans: moderators,
      seeRequests: moderators,
      approveRequests: moderators,
      askLink: "------",
      createAskLink: "------",
      whatHappened: admins,
      leave: "++++++",
      setDefault: "++----",
      unsetDefault: "++----",
      archive: admins,
      unarchive: "------",
      delete: "++----",
    },
  ],
  [
    "an archived room",
    inRoom({ archivedAt: new Date() }),
    {
      ...Object.fromEntries(roomOffers.map(({ key }) => [key, "------"])),
      seeBans: moderators,
      seeRequests: moderators,
      whatHappened: admins,
      leave: "++++++",
      unarchive: admins,
      delete: "++----",
    },
  ],
  [
    "a member",
    forMember({}),
    {
      message: "++++++",
      member: "------",
      moderator: admins,
      admin: admins,
      remove: moderators,
      ban: moderators,
      ...everyone,
    },
  ],
  [
    "a member whom they block",
    forMember({}, "member", true),
    {
      message: "------",
      member: "------",
      moderator: admins,
      admin: admins,
      remove: moderators,
      ban: moderators,
      block: "------",
      unblock: "++++++",
    },
  ],
  ["themselves", pick(forMember({ id: "me" }), "message", "block", "unblock"), { message: "------", ...oneself }],
  [
    "a room admin",
    forMember({}, "admin"),
    { message: "++++++", member: admins, moderator: admins, admin: "------", remove: admins, ban: admins, ...everyone },
  ],
  [
    "a guest",
    forMember({ role: "guest" }),
    {
      message: "++++++",
      member: "------",
      moderator: "------",
      admin: "------",
      remove: moderators,
      ban: moderators,
      ...everyone,
    },
  ],
  [
    "an owner",
    forMember({ role: "owner" }),
    {
      message: "++++++",
      member: "------",
      moderator: admins,
      admin: admins,
      remove: "+-----",
      ban: "+-----",
      ...everyone,
    },
  ],
  [
    "the card of somebody in a common room",
    forCard({}),
    {
      message: "++++++",
      mention: "++++++",
      editProfile: "------",
      manage: "++----",
      releaseHandle: "++----",
      ...everyone,
    },
  ],
  [
    "the card of somebody whom they block",
    forCard({}, true, true),
    {
      message: "------",
      mention: "------",
      editProfile: "------",
      manage: "++----",
      releaseHandle: "++----",
      block: "------",
      unblock: "++++++",
    },
  ],
  [
    "the card of somebody in no common room",
    forCard({}, false),
    {
      message: members,
      mention: "------",
      editProfile: "------",
      manage: "++----",
      releaseHandle: "++----",
      ...everyone,
    },
  ],
  [
    "the card of somebody who is deactivated",
    forCard({ deactivatedAt: "2026-01-01T00:00:00Z" }),
    {
      message: "------",
      mention: "------",
      editProfile: "------",
      manage: "++----",
      releaseHandle: "++----",
      ...everyone,
    },
  ],
  [
    "the card of an owner",
    forCard({ role: "owner" }),
    {
      message: "++++++",
      mention: "++++++",
      editProfile: "------",
      manage: "++----",
      releaseHandle: "+-----",
      ...everyone,
    },
  ],
  [
    "one's own card",
    forCard({ id: "me" }, false),
    {
      message: "++++++",
      mention: "------",
      editProfile: "++++++",
      manage: "------",
      releaseHandle: "++----",
      ...oneself,
    },
  ],
  [
    "the organization",
    rows(organizationOffers, (asker) => asker),
    {
      createRoom: members,
      inviteMember: "++----",
      manageInvites: "++----",
      manageGroups: "++----",
      addFirstRooms: "+-----",
    },
  ],
  [
    "a thread of someone else that is not followed",
    rows(threadOffers, (asker, membership) => {
      return {
        asker,
        membership,
        room: room(),
        isFollowed: false,
        isMuted: false,
        authorId: "them",
        isResolved: false,
      };
    }),
    {
      follow: "++++++",
      unfollow: "------",
      mute: "------",
      unmute: "------",
      title: moderators,
      resolve: moderators,
      reopen: "------",
    },
  ],
  [
    "a thread of one's own that is followed, muted and resolved",
    rows(threadOffers, (asker, membership) => {
      return { asker, membership, room: room(), isFollowed: true, isMuted: true, authorId: "me", isResolved: true };
    }),
    {
      follow: "------",
      unfollow: "++++++",
      mute: "------",
      unmute: "++++++",
      title: "++++++",
      resolve: "------",
      reopen: "++++++",
    },
  ],
  [
    "the settings",
    rows(settingsPages, (asker) => asker),
    Object.fromEntries(settingsPages.map(({ key }) => [key, key === "account" ? "++++++" : "++----"])),
  ],
  [
    "another's message",
    onMessageBy("them"),
    {
      react: "++++++",
      reply: "++++++",
      thread: "++++++",
      link: "++++++",
      copy: "++++++",
      pin: members,
      unpin: "------",
      move: moderators,
      reactions: "++++++",
      edit: "------",
      history: "------",
      unread: "++++++",
      delete: moderators,
    },
  ],
  [
    "what the room shows of one's own message that was moved into a thread",
    onMessageBy("me", { movedAt }),
    {
      ...Object.fromEntries(messageActions.map(({ key }) => [key, "++++++"])),
      react: "------",
      reply: "------",
      copy: "------",
      pin: members,
      unpin: "------",
      move: "------",
      edit: "------",
      history: "------",
    },
  ],
  [
    "one's own message that was moved, in its thread",
    onMessageBy("me", { movedAt, isInThread: true }),
    {
      ...Object.fromEntries(messageActions.map(({ key }) => [key, "++++++"])),
      thread: "------",
      pin: members,
      unpin: "------",
      move: "------",
    },
  ],
  ["everyone in a room of 49 people, for an @", inRoomOf(49), { everyone: "+++++-" }],
  ["everyone in a room of 50 people, for an @", inRoomOf(50), { everyone: "++++--" }],
  [
    "everyone in a large room that lets members, for an @",
    inRoomOf(50, { membersMentionEveryone: true }),
    { everyone: "+++++-" },
  ],
  [
    "everyone in a small room that does not, for an @",
    inRoomOf(3, { membersMentionEveryone: false }),
    { everyone: "++++--" },
  ],
  ["everyone in a direct message, for an @", inRoomOf(3, { kind: "direct" }), { everyone: "------" }],
])("What each role is offered of %s", (_list, actual, expected) => expect(actual).toEqual(expected));

it("What each role is offered of a person in the settings", () => {
  const keysOf = (role: Asker["role"]) =>
    personActs.filter(({ fits, may }) => fits(person) && may(askerAs(role), person).ok).map(({ key }) => key);
  const ofAdmins = ["admin", "guest", "link", "logins", "deactivate"];
  expect(keysOf("owner")).toEqual(["owner", "transfer", ...ofAdmins]);
  expect(keysOf("admin")).toEqual(ofAdmins);
  expect([keysOf("member"), keysOf("guest")]).toEqual([[], []]);
});

it("An offer is made only if it fits and its policy allows it", () => {
  const offers: Offer<boolean>[] = [
    { key: "a", may: () => yes },
    { key: "b", may: () => yes, fits: (given) => given },
    { key: "c", may: () => no("Not you.") },
  ];
  expect(offered(offers, true).map(({ key }) => key)).toEqual(["a", "b"]);
  expect(offered(offers, false).map(({ key }) => key)).toEqual(["a"]);
});
