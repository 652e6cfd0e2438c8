import type { Actor } from "@/lib/server/actor";
import type { Prisma } from "@/lib/server/db";

/** The people somebody may know of: everybody in the organization; as a guest, those they share a room with. */
export function knownTo({ organizationId, personId, role }: Actor): Prisma.PersonWhereInput {
  if (role !== "guest") return { organizationId };
  return { organizationId, memberships: { some: { room: { memberships: { some: { personId } } } } } };
}
