import type { OrganizationRole } from "@/lib/contract/person";

export const roleNames: Record<OrganizationRole, string> = {
  owner: "Owner",
  admin: "Admin",
  member: "Member",
  guest: "Guest",
};
