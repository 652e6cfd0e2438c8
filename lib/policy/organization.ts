import { limits } from "@/lib/contract/limits";
import { type Asker, type Decision, no, type Rules, runsOrganization, yes } from "./decision";
import type { MembershipSubject } from "./room";

/**
 * The person who created an invite or a password link, as they are now. The link can only do what its creator may still do at the
 * time of use.
 */
export interface LinkCreator {
  id: string;
  role: Asker["role"];
  deactivatedAt: Date | null;
  organization: Rules;
}

const creatorMayNoLonger = no(
  "The person who created this link can no longer do this. Ask an admin for a new one.",
  "gone",
);

function asAsker({ id: personId, role, organization: rules }: LinkCreator): Asker {
  return { personId, role, rules };
}

/** May this invite still give a person this role? */
export function mayStillInvite(creator: LinkCreator, role: Asker["role"]): Decision {
  return creator.deactivatedAt === null && mayInviteAs(asAsker(creator), role).ok ? yes : creatorMayNoLonger;
}

/** An account that is about to join an organization. */
export interface Entering {
  isProven: boolean;
  /** Whether it is in another organization. */
  isElsewhere: boolean;
  /** Whether the server can send emails. Only a link in one confirms an address. */
  sendsEmail: boolean;
}

/**
 * May an account join this organization? To join a second one, its email address must be confirmed. Otherwise a person could join
 * under an address that is not theirs.
 */
export function mayEnter({ isProven, isElsewhere, sendsEmail }: Entering): Decision {
  if (isProven || !isElsewhere) return yes;
  return no(
    sendsEmail
      ? "This email address isn't confirmed, so it can't join a second organization. Ask to be invited by email: the link in that email confirms it."
      : "This email address isn't confirmed, so it can't join a second organization. This server sends no emails that could confirm it. Join with another email address, or ask whoever runs the server to set up email.",
  );
}

/** Who may create another organization. The server's operator decides: `NEW_ORGANIZATIONS`. */
export const organizationCreators = ["owners", "everyone", "nobody"] as const;
export type OrganizationCreators = (typeof organizationCreators)[number];

/**
 * May the asker create another organization? `owned` is how many their account owns. The address of the account need not be
 * confirmed, as it must be to join one (`mayEnter`): in a new organization, there is nobody to whom they could pretend to be someone.
 */
export function mayCreateOrganization(
  asker: Pick<Asker, "role">,
  { creators, owned }: { creators: OrganizationCreators; owned: number },
): Decision {
  if (creators === "nobody") return no("Nobody can create organizations here. Ask whoever runs this server.");
  if (creators === "owners" && asker.role !== "owner")
    return no("Only owners of an organization can create another one. Ask one of them.");
  if (asker.role === "guest") return no("Guests can't create organizations. Ask a member to do it.");
  return owned < limits.ownedOrganizations
    ? yes
    : no(`You own ${limits.ownedOrganizations} organizations already. Hand one over first.`);
}

/**
 * May someone leave their organization? `isLastOwner`: whether they are its only active owner. `isAlone`: whether nobody else in it can
 * sign in.
 */
export function mayLeaveOrganization({ isLastOwner, isAlone }: { isLastOwner: boolean; isAlone: boolean }): Decision {
  if (!isLastOwner) return yes;
  return no(
    isAlone
      ? "No one else is in this organization, and it always has an owner. Invite someone and make them an owner first."
      : "You are the only owner. Make someone else an owner first.",
  );
}

/** May this account use an invite? An invite by email is only for the address that it was sent to. */
export function mayUseInvite(account: { email: string }, invite: { email: string | null }): Decision {
  return invite.email === null || invite.email === account.email
    ? yes
    : no(`This invite is for ${invite.email}. Sign in with that email to use it.`);
}

/** May this link still set the target's password? An old link without a stored creator works for members and guests only. */
export function mayStillReset(
  creator: Pick<LinkCreator, "role" | "deactivatedAt"> | null,
  target: { role: Asker["role"] },
): Decision {
  if (creator === null) return runsOrganization(target) ? creatorMayNoLonger : yes;
  return creator.deactivatedAt === null && mayResetPassword(creator, target).ok ? yes : creatorMayNoLonger;
}

/** May the asker create the organization's first rooms, and the groups of these rooms? */
export function mayAddFirstRooms(asker: Pick<Asker, "role">): Decision {
  return asker.role === "owner" ? yes : no("Only an owner can create the organization's first rooms.");
}

export function mayManageGroups(asker: Pick<Asker, "role">): Decision {
  return runsOrganization(asker) ? yes : no("Only owners and admins can manage groups. Ask one of them.");
}

/** May someone with this role be in a group? */
export function mayBeInGroup(role: Asker["role"]): Decision {
  return role === "guest" ? no("Guests can't be in groups.") : yes;
}

/** May the asker see all invites of the organization, and revoke them? */
export function mayManageInvites(asker: Pick<Asker, "role">): Decision {
  return runsOrganization(asker) ? yes : no("Only owners and admins can see and revoke all invites. Ask one of them.");
}

/** Which invites may the asker see, send again and revoke? Members who may invite handle only their own. */
export function handledInvites(asker: Asker): "all" | "own" | "none" {
  if (mayManageInvites(asker).ok) return "all";
  return mayInviteAs(asker, "member").ok ? "own" : "none";
}

/** May the asker see, send again and revoke any invites at all? */
export function mayHandleInvites(asker: Asker): Decision {
  return handledInvites(asker) === "none" ? mayInviteAs(asker, "member") : yes;
}

/** May the asker read the audit log of the organization? */
export function mayReadAudit(asker: Pick<Asker, "role">): Decision {
  return runsOrganization(asker) ? yes : no("Only owners and admins can read the audit log. Ask one of them.");
}

/**
 * May the asker read a room's part of the audit log? The room's admins may too, but without network addresses, and only entries
 * after their floor (see `floorFor`).
 */
export function mayReadAuditOfRoom(asker: Pick<Asker, "role">, membership: MembershipSubject | null): Decision {
  if (mayReadAudit(asker).ok || (membership?.role === "admin" && asker.role !== "guest")) return yes;
  return no(
    "Only this room's admins, and the organization's owners and admins, can read what happened in it. Ask one of them.",
  );
}

/** May the asker change the organization's name and settings? */
export function mayManageOrganization(asker: Pick<Asker, "role">): Decision {
  return runsOrganization(asker) ? yes : no("Only owners and admins can change the organization's settings.");
}

/** May the asker create an invite that gives someone this role? */
export function mayInviteAs(asker: Asker, role: Asker["role"]): Decision {
  if (role === "owner") return no("An invite can't make anyone an owner.");
  if (runsOrganization(asker)) return yes;
  const mayAsMember = asker.role === "member" && asker.rules.membersInvite;
  if (!mayAsMember && asker.rules.membersInvite)
    return no("Guests can't invite people to the organization. Ask a member to do it.");
  if (!mayAsMember) return no("Only owners and admins can invite people to the organization. Ask one of them.");
  return role === "admin" ? no("Only owners and admins can invite admins.") : yes;
}

/** May the asker create a link that sets the target's password? If the target is an owner, only owners may. */
export function mayResetPassword(asker: Pick<Asker, "role">, target: { role: Asker["role"] }): Decision {
  if (!runsOrganization(asker)) return no("Only owners and admins can create password links.");
  return target.role === "owner" && asker.role !== "owner" ? no("Only an owner can reset an owner's password.") : yes;
}
