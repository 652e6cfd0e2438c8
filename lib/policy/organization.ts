import { type Asker, type Decision, no, runsOrganization, yes } from "./decision";

/** The person who created a link, as they are now. A link can do only what its creator may do when it is used. */
export interface LinkCreator {
  id: string;
  role: Asker["role"];
  deactivatedAt: Date | null;
}

const creatorMayNoLonger = no(
  "The person who created this link can no longer do this. Ask an admin for a new one.",
  "gone",
);

function asAsker({ id: personId, role }: LinkCreator): Asker {
  return { personId, role };
}

/** May this invite let somebody in now? */
export function mayStillInvite(creator: LinkCreator, role: Asker["role"]): Decision {
  return creator.deactivatedAt === null && mayInviteAs(asAsker(creator), role).ok ? yes : creatorMayNoLonger;
}

/** May this link set that person's password now? An old link without a stored creator works for members and guests only. */
export function mayStillReset(creator: LinkCreator | null, target: { id: string; role: Asker["role"] }): Decision {
  if (creator === null) return runsOrganization({ personId: target.id, role: target.role }) ? creatorMayNoLonger : yes;
  return creator.deactivatedAt === null && mayResetPassword(asAsker(creator), target).ok ? yes : creatorMayNoLonger;
}

/** May they create the organization's first rooms, and their groups? */
export function mayAddFirstRooms(asker: Asker): Decision {
  return asker.role === "owner" ? yes : no("Only an owner can create the organization's first rooms.");
}

export function mayManageInvites(asker: Asker): Decision {
  return runsOrganization(asker) ? yes : no("Only owners and admins can invite people.");
}

/** May they create an invite that makes someone this? */
export function mayInviteAs(asker: Asker, role: Asker["role"]): Decision {
  if (role === "owner") return no("An invite can't make anyone an owner.");
  return mayManageInvites(asker);
}

/** May they create a link that sets that person's password? Only owners may for owners. */
export function mayResetPassword(asker: Asker, target: { role: Asker["role"] }): Decision {
  if (!runsOrganization(asker)) return no("Only owners and admins can create password links.");
  return target.role === "owner" && asker.role !== "owner" ? no("Only an owner can reset an owner's password.") : yes;
}
