import { type Asker, type Decision, no, runsOrganization, yes } from "./decision";

/** What policies need to know about a room. */
export interface RoomSubject {
  access: "public" | "restricted" | "private";
  kind: "channel" | "direct";
  postingPolicy: "everyone" | "moderators";
  joinsEveryone: boolean;
  archivedAt: Date | string | null;
  /** What members may do here. Null: the organization's setting applies. */
  membersSetTopic: boolean | null;
  membersAddPeople: boolean | null;
  membersPin: boolean | null;
  membersMentionEveryone: boolean | null;
  /**
   * Whether the asker is banned from the room. Then only owners and admins can find it, and they can neither see its topic nor
   * add people.
   */
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
 * A person's floor: messages up to this `seq` are hidden from them. Every answer that contains or counts messages leaves these
 * out, with their edits. A person who is not a member sees what they would see after joining now: nothing, if `history` is
 * "fromJoining".
 */
export function floorFor(
  room: { history: "everything" | "fromJoining"; floorSeq: number; clock: number },
  membership: { floorSeq: number } | null,
): number {
  if (membership) return membership.floorSeq;
  return room.history === "fromJoining" ? room.clock : room.floorSeq;
}

/**
 * The floor of a person who joins. `joinedSeq` is the `seq` of their joining. If `history` is "fromJoining", the first message
 * that they see is the notice that they joined.
 */
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

/** May the asker find a room that they are not in? `inGroup`: they are in one of the groups that a restricted room is open to. */
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
  return room.kind === "direct" ? no("You can't leave a direct message. You can hide it for good.") : yes;
}

/**
 * What a person would lose if they left a room and joined it again: `access` if they could not join, `history` if they would see
 * fewer messages, and `role`.
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
 * May the asker remove the target? Owners may remove anyone. Admins, of the organization or the room, may remove anyone but
 * owners. Moderators may remove anyone but owners and admins, of the organization or the room.
 */
export function mayRemoveMember(
  asker: Asker,
  room: RoomSubject,
  membership: MembershipSubject | null,
  target: MemberSubject,
): Decision {
  return mayRemoveOrBan(asker, room, membership, target, "remove");
}

/**
 * May the asker ban the target? The rules for removing apply, even if the target is not in the room. Nobody can ban themselves.
 */
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

/** Refuses to add people who are banned. The reason is given only to askers who may see bans. */
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
