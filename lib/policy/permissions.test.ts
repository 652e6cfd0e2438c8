import { expect, it } from "vitest";
import { askerAs, room } from "@/tests/harness/policy-tables";
import type { Asker, Decision, Rules } from "./decision";
import { mayDeleteMessage, mayEditMessage, mayReact } from "./message";
import {
  mayInviteAs,
  mayManageGroups,
  mayHandleInvites,
  mayManageInvites,
  mayManageOrganization,
  mayReadAudit,
  mayReadAuditOfRoom,
} from "./organization";
import { mayAdministerPeople, maySetOrganizationRole } from "./person";
import {
  mayAddMembers,
  mayCreateRoom,
  mayFind,
  mayJoin,
  type MembershipSubject,
  mayPost,
  mayRead,
  mayRemoveMember,
  type RoomSubject,
} from "./room";
import {
  mayAdminister,
  mayAdministerRooms,
  mayArchive,
  mayChange,
  mayDelete,
  maySetAccess,
  maySetRole,
  mayUnarchive,
} from "./room-settings";

// Who may do what: one row for each action. The columns are owner, admin, room admin, room moderator, member and guest. Owners
// and admins are not in the room unless the row says so; the others are. Rows with four columns are about owner, admin, member
// and guest, all outside the room.

type Membership = MembershipSubject | null;
type May = (asker: Asker, membership: Membership) => Decision | boolean;
interface Column {
  role: Asker["role"];
  membership: Membership;
}

const outside: Column[] = (["owner", "admin", "member", "guest"] as const).map((role) => ({ role, membership: null }));
const [owner, admin] = outside as [Column, Column];
const inRoom = (role: Asker["role"], roomRole: MembershipSubject["role"]): Column => ({
  role,
  membership: { role: roomRole },
});
const members = [
  inRoom("member", "admin"),
  inRoom("member", "moderator"),
  inRoom("member", "member"),
  inRoom("guest", "member"),
];
const columns = [owner, admin, ...members];
const everybodyInside = [inRoom("owner", "member"), inRoom("admin", "member"), ...members];

function row(may: May, who = columns, rules: Partial<Rules> = {}): string {
  return who
    .map(({ role, membership }) => may(askerAs(role, rules), membership))
    .map((decision) => ((typeof decision === "boolean" ? decision : decision.ok) ? "+" : "-"))
    .join("");
}

const open = room();
const restricted = room({ access: "restricted" });
const closed = room({ access: "private" });
const announcements = room({ postingPolicy: "moderators" });
const them = { personId: "them", role: "member", organizationRole: "member" } as const;
const roomAdmin = { personId: "them", role: "admin", organizationRole: "member" } as const;
const message = (authorId: string) => ({ authorId, kind: "person", deletedAt: null }) as const;
const person = { id: "them", role: "member", deactivatedAt: null } as const;
const find =
  (subject: RoomSubject, inGroup = false): May =>
  (asker) =>
    mayFind(asker, subject, inGroup);

it.each<[action: string, expected: string, actual: string]>([
  ["see and join a public room one is not in", "+++-", row((asker) => mayJoin(asker, open, false), outside)],
  ["see a restricted room without its groups", "++--", row(find(restricted), outside)],
  ["see a restricted room in one of its groups", "+++-", row(find(restricted, true), outside)],
  ["find a private room one is not in", "----", row(find(closed), outside)],
  ["know of a private room one is not in", "++--", row((asker) => mayAdminister(asker, closed), outside)],
  ["read a private room one is not in", "----", row((asker) => mayRead(asker, closed, null, false), outside)],
  ["read a private room one is in", "++++++", row((asker, m) => mayRead(asker, closed, m, false), everybodyInside)],
  ["create a room", "+++-", row(mayCreateRoom, outside)],
  ["create a room, switched off", "++--", row(mayCreateRoom, outside, { membersCreateRooms: false })],
  ["rename", "+++---", row((asker, m) => mayChange.name(asker, open, m))],
  ["posting policy", "+++---", row((asker, m) => mayChange.postingPolicy(asker, open, m))],
  ["access", "+++---", row((asker, m) => maySetAccess(asker, open, m))],
  ["access of a private room one is not in", "--+---", row((asker, m) => maySetAccess(asker, closed, m))],
  ["history", "+++---", row((asker, m) => mayChange.history(asker, open, m))],
  ["history of a private room one is not in", "--+---", row((asker, m) => mayChange.history(asker, closed, m))],
  ["notices", "+++---", row((asker, m) => mayChange.notices(asker, open, m))],
  ["topic", "+++++-", row((asker, m) => mayChange.topic(asker, open, m))],
  [
    "topic, switched off",
    "++++--",
    row((asker, m) => mayChange.topic(asker, open, m), columns, { membersSetTopic: false }),
  ],
  [
    "topic, on in this room",
    "+++++-",
    row((asker, m) => mayChange.topic(asker, room({ membersSetTopic: true }), m), columns, { membersSetTopic: false }),
  ],
  ["archive", "+++---", row((asker, m) => mayArchive(asker, open, m))],
  ["unarchive", "+++---", row((asker, m) => mayUnarchive(asker, open, m))],
  ["delete a room", "++----", row((asker, m) => mayDelete(asker, open, m))],
  [
    "delete a room, switched on",
    "+++---",
    row((asker, m) => mayDelete(asker, open, m), columns, { roomAdminsDelete: true }),
  ],
  ["add or invite people", "+++++-", row((asker, m) => mayAddMembers(asker, open, m))],
  [
    "add people, switched off",
    "++++--",
    row((asker, m) => mayAddMembers(asker, open, m), columns, { membersAddPeople: false }),
  ],
  ["add people to a private room", "--+++-", row((asker, m) => mayAddMembers(asker, closed, m))],
  [
    "add people to a private room one is in",
    "+++++-",
    row((asker, m) => mayAddMembers(asker, closed, m), everybodyInside),
  ],
  ["remove a member", "++++--", row((asker, m) => mayRemoveMember(asker, open, m, them))],
  ["remove a room admin", "+++---", row((asker, m) => mayRemoveMember(asker, open, m, roomAdmin))],
  [
    "change room roles",
    "+++---",
    row((asker, m) => maySetRole(asker, open, m, { ...them, deactivatedAt: null }, "moderator")),
  ],
  ["post", "++++++", row((asker, m) => mayPost(asker, open, m), everybodyInside)],
  ["post in a room for announcements", "++++--", row((asker, m) => mayPost(asker, announcements, m), everybodyInside)],
  [
    "edit one's own message",
    "++++++",
    row((asker, m) => mayEditMessage(asker, open, m, message("me")), everybodyInside),
  ],
  [
    "edit another's message",
    "------",
    row((asker, m) => mayEditMessage(asker, open, m, message("them")), everybodyInside),
  ],
  [
    "delete one's own message",
    "++++++",
    row((asker, m) => mayDeleteMessage(asker, open, m, message("me")), everybodyInside),
  ],
  [
    "delete another's message",
    "++++--",
    row((asker, m) => mayDeleteMessage(asker, open, m, message("them")), everybodyInside),
  ],
  [
    "react in a room for announcements",
    "++++++",
    row((_, m) => mayReact(announcements, m, message("them")), everybodyInside),
  ],
  ["invite to the organization", "++--", row((asker) => mayInviteAs(asker, "member"), outside)],
  [
    "invite to the organization, switched on",
    "+++-",
    row((asker) => mayInviteAs(asker, "member"), outside, { membersInvite: true }),
  ],
  ["manage people", "++--", row(mayAdministerPeople, outside)],
  ["manage rooms", "++--", row(mayAdministerRooms, outside)],
  ["manage groups", "++--", row(mayManageGroups, outside)],
  ["manage invites", "++--", row(mayManageInvites, outside)],
  ["see and revoke one's own invites", "++--", row(mayHandleInvites, outside)],
  ["see and revoke one's own invites, switched on", "+++-", row(mayHandleInvites, outside, { membersInvite: true })],
  ["change settings", "++--", row(mayManageOrganization, outside)],
  ["read the audit log", "++--", row(mayReadAudit, outside)],
  ["read what happened in a room", "+++---", row(mayReadAuditOfRoom)],
  ["make admins", "++--", row((asker) => maySetOrganizationRole(asker, person, "admin"), outside)],
  ["make guests", "++--", row((asker) => maySetOrganizationRole(asker, person, "guest"), outside)],
  ["make owners", "+---", row((asker) => maySetOrganizationRole(asker, person, "owner"), outside)],
  ["make owners by an invite", "----", row((asker) => mayInviteAs(asker, "owner"), outside)],
])("%s: %s", (_action, expected, actual) => expect(actual).toBe(expected));
