import { type Asker, type Decision, no, runsOrganization, yes } from "./decision";

type Role = Asker["role"];
/** The asker, without the organization's rules, which do not matter here. */
type Administrator = Pick<Asker, "personId" | "role">;

/** The target: the person whom the asker acts on. */
export interface PersonSubject {
  id: string;
  role: Role;
  deactivatedAt: Date | string | null;
  /** When they left the organization by themselves. */
  leftAt?: Date | string | null;
  /** Whether they are the organization's only active owner. Only the server sets it. */
  isLastOwner?: boolean;
  /** Whether they are a guest whose access has ended, so they cannot sign in. Only the server sets it. */
  hasEnded?: boolean;
}

/** Whether they left the organization by themselves, and no admin has deactivated them since. An invite brings them back. */
export const hasLeft = ({ deactivatedAt, leftAt }: Pick<PersonSubject, "deactivatedAt" | "leftAt">): boolean =>
  Boolean(deactivatedAt && leftAt && new Date(leftAt) >= new Date(deactivatedAt));

const onlyOwner = (asker: Administrator, target: PersonSubject) =>
  no(`${target.id === asker.personId ? "You" : "They"} are the only owner. Make someone else an owner first.`);
const deactivated = no("They are deactivated. Reactivate them first.");
const left = no("They left the organization. Invite them first.");

/**
 * Allows owners and admins. If the target is an owner, allows owners only. `what` completes the sentence "Only owners and admins
 * can …".
 */
function adminsMay(asker: Administrator, target: PersonSubject, what: string): Decision {
  if (!runsOrganization(asker)) return no(`Only owners and admins can ${what}. Ask one of them.`);
  return target.role === "owner" && asker.role !== "owner" ? no(`Only an owner can ${what} who is an owner.`) : yes;
}

/** May the asker see the list of all people, with their groups and logins? */
export function mayAdministerPeople(asker: Pick<Asker, "role">): Decision {
  return runsOrganization(asker) ? yes : no("Only owners and admins can manage people.");
}

/** May the asker give the target this role in the organization? */
export function maySetOrganizationRole(asker: Administrator, target: PersonSubject, role: Role): Decision {
  const decision = adminsMay(asker, target, "change the role of someone");
  if (!decision.ok) return decision;
  if (role === "owner" && asker.role !== "owner") return no("Only an owner can make someone an owner.");
  if (target.deactivatedAt) return hasLeft(target) ? left : deactivated;
  if (target.hasEnded) return no("Their access has ended. Set a later end first.");
  return target.isLastOwner && role !== "owner" ? onlyOwner(asker, target) : yes;
}

/** May the asker hand over ownership to the target? */
export function mayTransferOwnership(asker: Administrator, target: PersonSubject): Decision {
  if (asker.role !== "owner") return no("Only an owner can hand over ownership.");
  if (target.id === asker.personId) return no("You are an owner already. Choose someone else.");
  if (target.role === "guest") return no("A guest can't be an owner. Make them a member first.");
  return target.deactivatedAt ? (hasLeft(target) ? left : deactivated) : yes;
}

export function mayDeactivate(asker: Administrator, target: PersonSubject): Decision {
  const decision = adminsMay(asker, target, "deactivate someone");
  if (!decision.ok) return decision;
  if (target.id === asker.personId) return no("You can't deactivate yourself. Ask another owner or admin.");
  return target.isLastOwner ? onlyOwner(asker, target) : yes;
}

export function mayReactivate(asker: Administrator, target: PersonSubject): Decision {
  const decision = adminsMay(asker, target, "reactivate someone");
  return decision.ok && hasLeft(target) ? no("They left by themselves. Invite them to come back.") : decision;
}

export function mayEndLogins(asker: Administrator, target: PersonSubject): Decision {
  return adminsMay(asker, target, "sign out someone");
}

export function maySetGuestEnd(asker: Administrator, target: PersonSubject): Decision {
  const decision = adminsMay(asker, target, "set the end of a guest");
  return decision.ok && target.role !== "guest" ? no("Only a guest's access can have an end.") : decision;
}

export function mayReleaseHandle(asker: Administrator, target: PersonSubject): Decision {
  return adminsMay(asker, target, "release a handle of someone");
}
