import { type Asker, type Decision, no, runsOrganization, yes } from "./decision";

/** Who made a link, as they are now. A link may what its maker may at the moment it is used. */
export interface Maker {
  id: string;
  role: Asker["role"];
  deactivatedAt: Date | null;
}

const notAnyMore = no("The person who created this link can no longer do this. Ask an admin for a new one.", "gone");

function asAsker({ id: personId, role }: Maker): Asker {
  return { personId, role };
}

/** May this invite let somebody in now? */
export function mayInviteStill(maker: Maker, role: Asker["role"]): Decision {
  return maker.deactivatedAt === null && mayInviteAs(asAsker(maker), role).ok ? yes : notAnyMore;
}

/** May this link set that person's password now? A link made before makers were stored only works for members and guests. */
export function mayResetStill(maker: Maker | null, target: { id: string; role: Asker["role"] }): Decision {
  if (maker === null) return runsOrganization({ personId: target.id, role: target.role }) ? notAnyMore : yes;
  return maker.deactivatedAt === null && mayResetPassword(asAsker(maker), target).ok ? yes : notAnyMore;
}

/** May they make the rooms that an organization begins with, and their groups? */
export function mayAddFirstRooms(asker: Asker): Decision {
  return asker.role === "owner" ? yes : no("Only an owner can create the organization's first rooms.");
}

export function mayManageInvites(asker: Asker): Decision {
  return runsOrganization(asker) ? yes : no("Only owners and admins can invite people.");
}

/** An invite never hands out more than its maker has. */
export function mayInviteAs(asker: Asker, role: Asker["role"]): Decision {
  if (role === "owner") return no("An invite can't make anyone an owner.");
  return mayManageInvites(asker);
}

/** May they hand out a link that sets that person's password? Owners' links only by owners. */
export function mayResetPassword(asker: Asker, target: { role: Asker["role"] }): Decision {
  if (!runsOrganization(asker)) return no("Only owners and admins can create password links.");
  return target.role === "owner" && asker.role !== "owner" ? no("Only an owner can reset an owner's password.") : yes;
}
