import type { Actor } from "@/lib/server/actor";
import type { Prisma } from "@/lib/server/db";

/** The people whom an actor may see: everybody in the organization; for a guest, those they share a room with. */
export function peopleVisibleTo({ organizationId, personId, role }: Actor): Prisma.PersonWhereInput {
  if (role !== "guest") return { organizationId };
  return { organizationId, memberships: { some: { room: { memberships: { some: { personId } } } } } };
}
