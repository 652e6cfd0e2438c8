import { activePerson, type Actor } from "@/lib/server/actor";
import { AppError } from "@/lib/server/app-error";
import type { Prisma, Tx } from "@/lib/server/db";

/** The people whom an actor may see: everybody in the organization; for a guest, themselves and those they share a room with. */
export function peopleVisibleTo({ organizationId, personId, role }: Actor): Prisma.PersonWhereInput {
  if (role !== "guest") return { organizationId };
  const sharesRoom = { memberships: { some: { room: { memberships: { some: { personId } } } } } };
  // In `AND`, because callers combine it with conditions that have an `OR` of their own.
  return { organizationId, AND: [{ OR: [{ id: personId }, sharesRoom] }] };
}

/** Throws `not_found` if one of these people can no longer sign in, or the actor may not see them. */
export async function requireKnownPeople(tx: Tx, actor: Actor, personIds: string[]): Promise<void> {
  const ids = [...new Set(personIds)];
  if (ids.length === 0) return;
  const known = await tx.person.count({ where: { ...peopleVisibleTo(actor), id: { in: ids }, ...activePerson() } });
  if (known !== ids.length) throw new AppError("not_found");
}
