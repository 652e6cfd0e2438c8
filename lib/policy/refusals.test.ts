// The reasons that room policies give when they refuse: what a person needs, or who can help.
import { describe, expect, it } from "vitest";
import { askerAs, organizationRoles, room, roomRoles } from "@/tests/harness/policy-tables";
import type { Asker, Decision } from "./decision";
import { mayApproveJoinRequest, mayCreateAskLink, mayRunAskLink, maySeeJoinRequests } from "./join-request";
import { mayDeleteMessage, mayEditMessage, mayReact } from "./message";
import * as inRoom from "./room";
import * as settings from "./room-settings";

type Subject = [Asker, inRoom.RoomSubject, inRoom.MembershipSubject | null];
const mine = { authorId: "me", kind: "person", deletedAt: null } as const;
const other = { personId: "other", role: "member", organizationRole: "member" } as const;

/** Every policy about a room. `archived` completes the sentence "No one can …" of its refusal in an archived room. */
const policies: Record<string, { may: (...subject: Subject) => Decision; archived?: string }> = {
  mayPost: { may: inRoom.mayPost, archived: "post in it" },
  mayJoin: { may: (asker, subject) => inRoom.mayJoin(asker, subject, true), archived: "join it" },
  mayAddMembers: { may: inRoom.mayAddMembers, archived: "be added to it" },
  mayRemoveMember: { may: (...subject) => inRoom.mayRemoveMember(...subject, other) },
  mayBan: { may: (...subject) => inRoom.mayBan(...subject, other) },
  mayUnban: { may: (...subject) => inRoom.mayUnban(...subject, other) },
  maySeeBans: { may: inRoom.maySeeBans },
  mayDeleteOthersMessages: { may: (asker, _, membership) => inRoom.mayDeleteOthersMessages(asker, membership) },
  mayCreateRoom: { may: inRoom.mayCreateRoom },
  mayEditMessage: { may: (...subject) => mayEditMessage(...subject, mine), archived: "post in it" },
  mayDeleteMessage: {
    may: (...subject) => mayDeleteMessage(...subject, mine),
    archived: "change anything in it",
  },
  mayReact: {
    may: (_, subject, membership) => mayReact(subject, membership, mine),
    archived: "react to messages in it",
  },
  mayCreateAskLink: { may: mayCreateAskLink, archived: "join it" },
  mayRunAskLink: { may: mayRunAskLink },
  maySeeJoinRequests: { may: (asker, _, membership) => maySeeJoinRequests(asker, membership) },
  mayApproveJoinRequest: { may: mayApproveJoinRequest, archived: "join it" },
  ...Object.fromEntries(
    Object.entries(settings.mayChange).map(([field, may]) => [`mayChange.${field}`, { may, archived: "change it" }]),
  ),
  maySetAccess: { may: settings.maySetAccess, archived: "change it" },
  maySetDefault: { may: settings.maySetDefault, archived: "change it" },
  maySetRole: {
    may: (...subject) =>
      settings.maySetRole(...subject, { organizationRole: "member", deactivatedAt: null }, "moderator"),
    archived: "change it",
  },
  mayArchive: { may: settings.mayArchive },
  mayUnarchive: { may: settings.mayUnarchive },
  mayDelete: { may: settings.mayDelete },
  mayAdministerRooms: { may: settings.mayAdministerRooms },
};

function refusals(may: (...subject: Subject) => Decision, archivedAt: Date | null) {
  const decisions = organizationRoles.flatMap((role) =>
    roomRoles.flatMap((roomRole) =>
      (["public", "restricted", "private"] as const).flatMap((access) =>
        (["everyone", "moderators"] as const).map((postingPolicy) =>
          may(askerAs(role), room({ access, archivedAt, postingPolicy }), roomRole && { role: roomRole }),
        ),
      ),
    ),
  );
  return decisions.filter((decision) => !decision.ok);
}

describe.each(Object.entries(policies))("%s", (_, { may, archived }) => {
  it("says who may, or what to do, to those who may not", () => {
    const reasons = new Set(
      [...refusals(may, null), ...refusals(may, new Date())]
        .filter(({ code }) => code === "forbidden")
        .map(({ reason }) => reason),
    );
    for (const reason of reasons)
      expect(reason).toMatch(/Ask |Join this room|Make this one public|can be joined without/);
  });

  it("says in an archived room what nobody can do there, and who can unarchive it", () => {
    const reasons = new Set(
      refusals(may, new Date())
        .filter(({ code }) => code === "room_archived")
        .map(({ reason }) => reason),
    );
    const expected = archived ? [`This room is archived. No one can ${archived}. Its admins can unarchive it.`] : [];
    expect([...reasons]).toEqual(expected);
  });
});
