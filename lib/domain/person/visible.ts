import { activePerson, type Actor } from "@/lib/server/actor";
import { AppError } from "@/lib/server/app-error";
import type { Prisma, Tx } from "@/lib/server/db";

/**
 * For Prisma: matches the people whom an actor may see. A guest sees only themselves and the people they share a room with.
 * Everyone else sees the whole organization.
 */
export function peopleVisibleTo({ organizationId, personId, role }: Actor): Prisma.PersonWhereInput {
  if (role !== "guest") return { organizationId };
  const sharesRoom = { memberships: { some: { room: { memberships: { some: { personId } } } } } };
  // The `OR` is inside `AND`, because callers add conditions with an `OR` of their own.
  return { organizationId, AND: [{ OR: [{ id: personId }, sharesRoom] }] };
}

/** For Prisma: matches those of them with whom the actor may start a direct room (see `mayStartDirect`), and the actor. */
export function peopleToWriteTo({ personId, role }: Actor): Prisma.PersonWhereInput {
  const sharesChannel = {
    memberships: { some: { room: { kind: "channel" as const, memberships: { some: { personId } } } } },
  };
  const reachable = role === "guest" ? [{ OR: [{ id: personId }, sharesChannel] }] : [];
  return { AND: [activePerson(), ...reachable] };
}

/** Throws `not_found` if the actor may not see one of these people, or if one of them can no longer sign in. */
export async function requireKnownPeople(tx: Tx, actor: Actor, personIds: string[]): Promise<void> {
  const ids = [...new Set(personIds)];
  if (ids.length === 0) return;
  const known = await tx.person.count({ where: { ...peopleVisibleTo(actor), id: { in: ids }, ...activePerson() } });
  if (known !== ids.length) throw new AppError("not_found");
}
