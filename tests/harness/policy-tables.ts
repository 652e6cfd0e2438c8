import { type Asker, type Decision, defaultRules, type Rules } from "@/lib/policy/decision";
import type { MembershipSubject, RoomSubject } from "@/lib/policy/room";

export const organizationRoles = ["owner", "admin", "member", "guest"] as const;
export const roomRoles = [null, "member", "moderator", "admin"] as const;
const letters: Record<string, string> = { forbidden: "f", gone: "g", not_found: "n", room_archived: "a" };
export const letter = (decision: Decision) => (decision.ok ? "+" : letters[decision.code]);

/**
 * A policy's answers for each role in the organization. Each has one letter for each role in the room: none, member, moderator,
 * admin. `+` is yes, `f` forbidden, `n` as if there were no such room, `a` archived,
 * `g` gone.
 */
export type Table = Record<Asker["role"], string>;

/** Someone with this role in an organization whose settings nobody has changed. */
export const askerAs = (role: Asker["role"], rules: Partial<Rules> = {}): Asker => {
  return { personId: "me", role, rules: { ...defaultRules, ...rules } };
};

export function tableOf(may: (asker: Asker, membership: MembershipSubject | null) => Decision): Table {
  const row = (role: Asker["role"]) =>
    roomRoles.map((roomRole) => letter(may(askerAs(role), roomRole && { role: roomRole }))).join("");
  return Object.fromEntries(organizationRoles.map((role) => [role, row(role)])) as Table;
}

/** A public room in which everybody may post, except for what is given. */
export function room(given: Partial<RoomSubject> = {}): RoomSubject {
  return {
    access: "public",
    kind: "channel",
    postingPolicy: "everyone",
    joinsEveryone: false,
    archivedAt: null,
    membersSetTopic: null,
    membersAddPeople: null,
    membersPin: null,
    membersMentionEveryone: null,
    ...given,
  };
}
