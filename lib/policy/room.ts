import { type Asker, type Decision, no, runsOrganization, yes } from "./decision";

/** What policies need to know about a room. */
export interface RoomSubject {
  access: "public" | "restricted" | "private";
  kind: "channel" | "direct";
  postingPolicy: "everyone" | "moderators";
  joinsEveryone: boolean;
  archivedAt: Date | string | null;
  /** What members may do here. Null: as in the organization. */
  membersSetTopic: boolean | null;
  membersAddPeople: boolean | null;
  /** Whether the asker is banned from it. Only owners and admins find such a room. Its topic and adding people are closed to them. */
  bansAsker?: boolean;
}

/** The asker's own membership of the room, if any. */
export interface MembershipSubject {
  role: "admin" | "moderator" | "member";
}

/** Whether the asker is a moderator or admin of the room, or an owner or admin of the organization who is in it. */
export function moderates(asker: Pick<Asker, "role">, membership: MembershipSubject | null): boolean {
  return membership !== null && (runsOrganization(asker) || membership.role !== "member");
}

/**
 * The `seq` up to which a room's messages are hidden from someone. Every answer that contains or counts messages leaves out
 * those up to it, with their edits. Someone who is not a member sees what they would see after joining now: nothing, if
 * `history` is "fromJoining".
 */
export function floorFor(
  room: { history: "everything" | "fromJoining"; floorSeq: number; clock: number },
  membership: { floorSeq: number } | null,
): number {
  if (membership) return membership.floorSeq;
  return room.history === "fromJoining" ? room.clock : room.floorSeq;
}

/** The floor of someone whose joining has the `seq` `joinedSeq`. With "fromJoining", the notice of it is the first thing that they see. */
export function floorOfNewcomer(
  { history, floorSeq }: { history: "everything" | "fromJoining"; floorSeq: number },
  joinedSeq: number,
): number {
  return history === "fromJoining" ? joinedSeq - 1 : floorSeq;
}

/** Refuses something in an archived room. `what` completes the sentence "No one can …". */
export const archived = (what: string): Decision =>
  no(`This room is archived. No one can ${what}. Its admins can unarchive it.`, "room_archived");

/** May the asker read the messages? Members may. Others may if they can find the room: they see a preview before they join. */
export function mayRead(
  asker: Asker,
  room: RoomSubject,
  membership: MembershipSubject | null,
  inGroup: boolean,
): Decision {
  if (membership) return yes;
  return mayFind(asker, room, inGroup)
    ? yes
    : no("Only members can read this room. Ask one of them to add you.", "not_found");
}

/** May the asker know that a room exists that they are not in? `inGroup`: they are in a group that opens a restricted room. */
export function mayFind(asker: Asker, room: RoomSubject, inGroup: boolean): boolean {
  if (room.kind === "direct" || room.access === "private" || asker.role === "guest") return false;
  return room.access === "public" || inGroup || runsOrganization(asker);
}

export function mayCreateRoom(asker: Asker): Decision {
  if (asker.role === "guest") return no("Guests can't create rooms. Ask a member to create one.");
  return runsOrganization(asker) || asker.rules.membersCreateRooms
    ? yes
    : no("Only owners and admins can create rooms. Ask one of them.");
}

export function mayJoin(asker: Asker, room: RoomSubject, inGroup: boolean): Decision {
  if (!mayFind(asker, room, inGroup)) return no("Ask someone in this room to add you.", "not_found");
  return room.archivedAt ? archived("join it") : yes;
}

export function mayLeave(room: RoomSubject): Decision {
  if (room.joinsEveryone) return no("Everyone is in this room, so you can't leave it.");
  return room.kind === "direct" ? no("You can't leave a direct message.") : yes;
}

/**
 * What someone would not get back by joining again after they left a room: the room itself, if they could not join it; messages that
 * they see now; their role.
 */
export function lossesOfLeaving(
  asker: Asker,
  room: RoomSubject & { history: "everything" | "fromJoining"; floorSeq: number },
  membership: MembershipSubject & { floorSeq: number },
  inGroup: boolean,
): { access: boolean; history: boolean; role: boolean } {
  return {
    access: !mayJoin(asker, room, inGroup).ok,
    history: room.history === "fromJoining" || room.floorSeq > membership.floorSeq,
    role: membership.role !== "member",
  };
}

export function mayAddMembers(asker: Asker, room: RoomSubject, membership: MembershipSubject | null): Decision {
  if (room.kind === "direct") return no("You can't add people to a direct message.");
  if (room.archivedAt) return archived("be added to it");
  // A guest who moderates the room can add people as other moderators can.
  if (asker.role === "guest" && !moderates(asker, membership))
    return no("Guests can't add people. Ask a member to add them.");
  if (membership)
    return moderates(asker, membership) || (room.membersAddPeople ?? asker.rules.membersAddPeople)
      ? yes
      : no("Only moderators and admins can add people to this room. Ask one of them.");
  return runsOrganization(asker) && room.access !== "private" && !room.bansAsker
    ? yes
    : no("Only people in this room can add others. Ask one of them.");
}

/** The person to remove, ban or unban. `role` is null for someone who is not in the room. */
export interface MemberSubject {
  role: MembershipSubject["role"] | null;
  organizationRole: Asker["role"];
}

/**
 * May the asker remove the target? Owners may remove anyone; admins of the organization or the room anyone but owners; moderators anyone
 * but owners and admins, of the organization or the room.
 */
export function mayRemoveMember(
  asker: Asker,
  room: RoomSubject,
  membership: MembershipSubject | null,
  target: MemberSubject,
): Decision {
  return mayRemoveOrBan(asker, room, membership, target, "remove");
}

/** May the asker ban the target? The rules for removing apply, also if the target is not in the room. Nobody bans themselves. */
export function mayBan(
  asker: Asker,
  room: RoomSubject,
  membership: MembershipSubject | null,
  target: MemberSubject & { personId: string },
): Decision {
  if (target.personId === asker.personId) return no("You can't ban yourself. You can leave the room instead.");
  return mayRemoveOrBan(asker, room, membership, target, "ban");
}

/** May the asker lift the target's ban? The rules for banning apply. */
export function mayUnban(
  asker: Asker,
  room: RoomSubject,
  membership: MembershipSubject | null,
  target: MemberSubject & { personId: string },
): Decision {
  if (target.personId === asker.personId) return no("You can't lift your own ban. Ask another admin.");
  return mayRemoveOrBan(asker, room, membership, target, "unban");
}

function mayRemoveOrBan(
  asker: Asker,
  room: RoomSubject,
  membership: MembershipSubject | null,
  target: MemberSubject,
  verb: "remove" | "ban" | "unban",
): Decision {
  if (room.kind === "direct") return no(`You can't ${verb} people from a direct message.`);
  if (room.joinsEveryone) return no(`Everyone is in this room, so you can't ${verb} anyone from it.`);
  if (asker.role === "owner") return yes;
  if (target.organizationRole === "owner") return no(`Only an owner can ${verb} an owner. Ask one.`);
  if (asker.role === "admin" || membership?.role === "admin") return yes;
  if (membership?.role !== "moderator")
    return no(`Only moderators and admins can ${verb} people from this room. Ask one of them.`);
  return target.role !== "admin" && target.organizationRole !== "admin"
    ? yes
    : no(`Only an admin can ${verb} an admin. Ask one.`);
}

/** May the asker know who is banned from a room? */
export function maySeeBans(asker: Asker, room: RoomSubject, membership: MembershipSubject | null): Decision {
  if (room.kind === "direct") return no("Nobody can be banned from a direct message.");
  return runsOrganization(asker) || (membership !== null && membership.role !== "member")
    ? yes
    : no("Only moderators and admins can see who is banned. Ask one of them.");
}

/** Refuses to add people who are banned. Only people who may see bans are told the reason. */
export function refuseBanned(
  asker: Asker,
  room: RoomSubject,
  membership: MembershipSubject | null,
  names: readonly string[],
): Decision {
  const who = names.length === 1 ? names[0] : `${names.length} of these people`;
  if (!maySeeBans(asker, room, membership).ok) return no(`${who} can't be added. Ask an admin of this room.`);
  return no(`${who} ${names.length === 1 ? "is" : "are"} banned from this room. Unban them first.`);
}

export function mayPost(asker: Pick<Asker, "role">, room: RoomSubject, membership: MembershipSubject | null): Decision {
  if (!membership) return no("Join this room to post in it.");
  if (room.archivedAt) return archived("post in it");
  if (room.postingPolicy === "moderators" && !moderates(asker, membership))
    return no("Only moderators and admins can post in this room. Ask one of them.");
  return yes;
}

/** May the asker delete other people's messages in this room? */
export function mayDeleteOthersMessages(asker: Pick<Asker, "role">, membership: MembershipSubject | null): Decision {
  return moderates(asker, membership)
    ? yes
    : no("Only moderators and admins can delete other people's messages. Ask one of them.");
}
