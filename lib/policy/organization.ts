import { type Asker, type Decision, no, runsOrganization, yes } from "./decision";

export function mayManageInvites(asker: Asker): Decision {
  return runsOrganization(asker) ? yes : no("Owners and admins invite people to the organization.");
}

/** An invite never hands out more than its maker has. */
export function mayInviteAs(asker: Asker, role: Asker["role"]): Decision {
  if (role === "owner") return no("Nobody becomes an owner through an invite.");
  return mayManageInvites(asker);
}

/** May they hand out a link that sets that person's password? Owners' links only by owners. */
export function mayResetPassword(asker: Asker, target: { role: Asker["role"] }): Decision {
  if (!runsOrganization(asker)) return no("Owners and admins hand out password links.");
  return target.role === "owner" && asker.role !== "owner" ? no("Only an owner resets an owner's password.") : yes;
}
