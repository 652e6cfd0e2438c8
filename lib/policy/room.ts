import { type Asker, type Decision, no, runsOrganization, yes } from "./decision";

/** A room as far as policies care. */
export interface RoomSubject {
  access: "public" | "restricted" | "private";
  kind: "channel" | "direct";
  postingPolicy: "everyone" | "moderators";
  joinsEveryone: boolean;
  archivedAt: Date | string | null;
}

/** The asker's own membership of the room, if any. */
export interface MembershipSubject {
  role: "admin" | "moderator" | "member";
}

function moderates(asker: Asker, membership: MembershipSubject | null): boolean {
  return membership !== null && (runsOrganization(asker) || membership.role !== "member");
}

const archived = no("This room is archived. Nobody can write in it.", "room_archived");

/** May they read the log? Members may; others who may join a public or restricted room see a preview of it. */
export function mayRead(
  asker: Asker,
  room: RoomSubject,
  membership: MembershipSubject | null,
  inGroup: boolean,
): Decision {
  if (membership) return yes;
  return mayFind(asker, room, inGroup) ? yes : no("Only its members read this room.", "not_found");
}

/** May they know of a room they are not in? */
export function mayFind(asker: Asker, room: RoomSubject, inGroup: boolean): boolean {
  if (room.kind === "direct" || room.access === "private" || asker.role === "guest") return false;
  return room.access === "public" || inGroup || runsOrganization(asker);
}

export function mayCreateRoom(asker: Asker): Decision {
  return asker.role === "guest" ? no("Guests cannot create rooms. Ask a member to.") : yes;
}

export function mayJoin(asker: Asker, room: RoomSubject, inGroup: boolean): Decision {
  if (!mayFind(asker, room, inGroup)) return no("Somebody in this room has to let you in.", "not_found");
  return room.archivedAt ? archived : yes;
}

export function mayLeave(room: RoomSubject): Decision {
  if (room.joinsEveryone) return no("Everybody is in this room, so nobody leaves it.");
  return room.kind === "direct" ? no("A direct conversation cannot be left.") : yes;
}

export function mayAddMembers(asker: Asker, room: RoomSubject, membership: MembershipSubject | null): Decision {
  if (room.kind === "direct") return no("Nobody can be added to a direct conversation.");
  if (room.archivedAt) return archived;
  // A guest who moderates a room has the rights of both.
  if (asker.role === "guest" && !moderates(asker, membership)) return no("Guests cannot add people. Ask a member to.");
  if (membership) return yes;
  return runsOrganization(asker) && room.access !== "private" ? yes : no("Only people in this room add others to it.");
}

/** May they remove that member? Moderators remove anybody but admins, here or of the organization. */
export function mayRemoveMember(
  asker: Asker,
  room: RoomSubject,
  membership: MembershipSubject | null,
  target: { role: MembershipSubject["role"]; organizationRole: Asker["role"] },
): Decision {
  if (room.kind === "direct") return no("Nobody can be removed from a direct conversation.");
  if (room.joinsEveryone) return no("Everybody is in this room, so nobody is removed from it.");
  if (asker.role === "owner") return yes;
  if (target.organizationRole === "owner") return no("Only an owner removes an owner.");
  if (asker.role === "admin" || membership?.role === "admin") return yes;
  if (membership?.role !== "moderator") return no("Moderators and admins of this room remove people.");
  return target.role !== "admin" && target.organizationRole !== "admin" ? yes : no("Only an admin removes admins.");
}

export function mayPost(asker: Asker, room: RoomSubject, membership: MembershipSubject | null): Decision {
  if (!membership) return no("Join this room to write in it.");
  if (room.archivedAt) return archived;
  if (room.postingPolicy === "moderators" && !moderates(asker, membership))
    return no("Only moderators write in this room.");
  return yes;
}

/** May they delete other people's messages here? */
export function mayModerate(asker: Asker, membership: MembershipSubject | null): Decision {
  return moderates(asker, membership) ? yes : no("Moderators and admins of this room do that.");
}
