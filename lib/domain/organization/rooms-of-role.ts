import type { OrganizationRole } from "@/lib/contract/person";
import { runsOrganization } from "@/lib/policy/decision";
import type { Prisma } from "@/lib/server/db";

/** The rooms that each newcomer with this role joins, as alternatives for `OR` in Prisma. */
export function roomsOfNewcomers(role: OrganizationRole): Prisma.RoomWhereInput[] {
  const forAll = role === "guest" ? [] : [{ joinsEveryone: true }, { isDefault: true, access: "public" as const }];
  return [...forAll, ...(runsOrganization({ role }) ? [{ forAdmins: true }] : [])];
}
