import { type Asker, type Decision, no, runsOrganization, yes } from "./decision";
import { archived, type MembershipSubject, moderates, type RoomSubject } from "./room";

/** May the asker see the name and the members of a room that they are not in, even of a private one? */
export function mayAdminister(asker: Asker, room: Pick<RoomSubject, "kind">): boolean {
  return room.kind === "channel" && runsOrganization(asker);
}

/** May the asker list all rooms of the organization? */
export function mayAdministerRooms(asker: Pick<Asker, "role">): Decision {
  return runsOrganization(asker) ? yes : no("Only owners and admins can manage all rooms. Ask one of them.");
}

/** May the asker see what only people inside see, such as the topic, of a room that they may administer? */
export function maySeeInside(
  room: Pick<RoomSubject, "access" | "bansAsker">,
  membership: MembershipSubject | null,
): boolean {
  return membership !== null || (room.access !== "private" && !room.bansAsker);
}

/** Allows the room's admins, and the organization's owners and admins. `what` completes the sentence "Only admins can …". */
function adminsMay(asker: Asker, room: RoomSubject, membership: MembershipSubject | null, what: string): Decision {
  if (room.kind === "direct") return no("A direct message has no name, settings or roles.");
  return runsOrganization(asker) || membership?.role === "admin"
    ? yes
    : no(`Only this room's admins, and the organization's owners and admins, can ${what}. Ask one of them.`);
}

/** Like `adminsMay`, but refuses owners and admins who are outside a private room or banned from the room. */
function adminsInsideMay(asker: Asker, room: RoomSubject, membership: MembershipSubject | null, what: string) {
  const decision = adminsMay(asker, room, membership, what);
  if (!decision.ok || maySeeInside(room, membership)) return decision;
  return room.bansAsker
    ? no(`You're banned from this room, so you can't ${what}. Ask another admin.`)
    : no(`Only admins in this private room can ${what}. Ask one of them.`);
}

const unlessArchived = (room: RoomSubject, decision: Decision): Decision =>
  decision.ok && room.archivedAt ? archived("change it") : decision;

type MayChange = (asker: Asker, room: RoomSubject, membership: MembershipSubject | null) => Decision;

const mayRename: MayChange = (asker, room, membership) =>
  unlessArchived(room, adminsMay(asker, room, membership, "rename it"));

const maySetAvatar: MayChange = (asker, room, membership) =>
  unlessArchived(room, adminsMay(asker, room, membership, "change its picture"));

const mayDescribe: MayChange = (asker, room, membership) =>
  unlessArchived(room, adminsInsideMay(asker, room, membership, "change its description"));

const maySetRules: MayChange = (asker, room, membership) =>
  unlessArchived(room, adminsInsideMay(asker, room, membership, "change who may do what in it"));

const maySetHistory: MayChange = (asker, room, membership) =>
  unlessArchived(room, adminsInsideMay(asker, room, membership, "change what newcomers see"));

const maySetNotices: MayChange = (asker, room, membership) =>
  unlessArchived(room, adminsInsideMay(asker, room, membership, "change what its log tells"));

/** May the asker change who can find and join the room? Owners and admins may not open a private room that they are not in. */
export const maySetAccess: MayChange = (asker, room, membership) => {
  const decision = adminsInsideMay(asker, room, membership, "change who can join it");
  if (decision.ok && room.joinsEveryone) return no("Everyone is in this room, so it stays public.");
  return unlessArchived(room, decision);
};

/** The room's log shows each change of the topic. So people who may not post may not set the topic. */
const maySetTopic: MayChange = (asker, room, membership) =>
  unlessArchived(room, topicDecision(asker, room, membership));

function topicDecision(asker: Asker, room: RoomSubject, membership: MembershipSubject | null): Decision {
  if (room.kind === "direct") return no("A direct message has no topic.");
  if (moderates(asker, membership)) return yes;
  if (!membership) {
    return runsOrganization(asker) && maySeeInside(room, membership)
      ? yes
      : no("Only people in this room can change its topic. Ask one of them.");
  }
  if (asker.role === "guest") return no("Guests can't change the topic. Ask a member to change it.");
  return (room.membersSetTopic ?? asker.rules.membersSetTopic) && room.postingPolicy === "everyone"
    ? yes
    : no("Only moderators and admins can change the topic of this room. Ask one of them.");
}

/** Who may change each field of a room. */
export const mayChange = {
  name: mayRename,
  topic: maySetTopic,
  description: mayDescribe,
  postingPolicy: maySetRules,
  membersSetTopic: maySetRules,
  membersAddPeople: maySetRules,
  membersPin: maySetRules,
  membersMentionEveryone: maySetRules,
  history: maySetHistory,
  notices: maySetNotices,
  avatar: maySetAvatar,
} as const;
export type RoomField = keyof typeof mayChange;

/** May the asker change every field in `changes`? */
export function mayUpdateRoom(
  asker: Asker,
  room: RoomSubject,
  membership: MembershipSubject | null,
  changes: { readonly [F in RoomField]?: unknown },
): Decision {
  const fields = (Object.keys(mayChange) as RoomField[]).filter((field) => changes[field] !== undefined);
  return fields.map((field) => mayChange[field](asker, room, membership)).find(({ ok }) => !ok) ?? yes;
}

export const mayArchive: MayChange = (asker, room, membership) => {
  const decision = adminsMay(asker, room, membership, "archive it");
  return decision.ok && room.joinsEveryone ? no("Everyone is in this room, so it can't be archived.") : decision;
};

export const mayDelete: MayChange = (asker, room, membership) => {
  if (room.kind === "direct") return no("A direct message can't be deleted.");
  if (room.joinsEveryone) return no("Everyone is in this room, so it can't be deleted.");
  if (runsOrganization(asker)) return yes;
  if (membership?.role !== "admin" || asker.role === "guest")
    return no("Only the organization's owners and admins can delete rooms. Ask one of them.");
  return asker.rules.roomAdminsDelete
    ? yes
    : no("Only the organization's owners and admins can delete rooms, not room admins. Ask one of them.");
};

/** May the asker remove this room from the rooms that newcomers join? The room need not be public any more. */
export const mayUnsetDefault: MayChange = (asker, room) => {
  if (room.kind === "direct" || !runsOrganization(asker))
    return no("Only owners and admins can choose the rooms that newcomers join. Ask one of them.");
  return room.joinsEveryone ? no("Everyone is in this room already.") : unlessArchived(room, yes);
};

/** May the asker add this room to the rooms that newcomers join? */
export const maySetDefault: MayChange = (asker, room, membership) => {
  const decision = mayUnsetDefault(asker, room, membership);
  return decision.ok && room.access !== "public"
    ? no("Newcomers can only join public rooms. Make this one public first.")
    : decision;
};

export const mayUnarchive: MayChange = (asker, room, membership) => adminsMay(asker, room, membership, "unarchive it");

/** Converts a person to the `target` of `maySetRole`. */
export const asTarget = (person: { role: Asker["role"]; deactivatedAt: Date | string | null }) => ({
  organizationRole: person.role,
  deactivatedAt: person.deactivatedAt,
});

/**
 * May the asker give the target this role? Owners and admins outside a private room may only make one of its members an admin. So
 * a room without admins can get one.
 */
export function maySetRole(
  asker: Asker,
  room: RoomSubject,
  membership: MembershipSubject | null,
  target: { organizationRole: Asker["role"]; deactivatedAt: Date | string | null },
  role: MembershipSubject["role"],
): Decision {
  const decision = adminsMay(asker, room, membership, "change roles in it");
  if (!decision.ok) return decision;
  if (!maySeeInside(room, membership) && role !== "admin")
    return no("From outside this room, you can only make one of its members an admin. Ask an admin in it.");
  if (role !== "member" && target.organizationRole === "guest")
    return no("Guests can't be moderators or admins of a room.");
  if (role !== "member" && target.deactivatedAt) return no("They are deactivated. Reactivate them first.");
  return unlessArchived(room, yes);
}
