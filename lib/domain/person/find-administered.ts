import { lockOrganization } from "@/lib/domain/organization/lock";
import { runsOrganization } from "@/lib/policy/decision";
import { activePerson, type Actor, findActorIn } from "@/lib/server/actor";
import { AppError } from "@/lib/server/app-error";
import type { Tx } from "@/lib/server/db";
import { peopleVisibleTo } from "./visible";

/**
 * Finds a person to administer, and the actor's role as it is now. The operations that change people's roles and access run one
 * after the other, under the organization's lock, so that they cannot leave it without an active owner. Null if the actor may
 * not know of the person.
 */
export async function findAdministered(tx: Tx, actor: Actor, personId: string) {
  const { organizationId } = actor;
  let asker = actor;
  if (runsOrganization(actor)) {
    await lockOrganization(tx, organizationId);
    // Whoever held the lock may have changed the actor's role or ended their session.
    const current = await findActorIn(tx, actor.sessionId);
    if (!current) throw new AppError("unauthenticated");
    asker = current;
  }
  const target = await tx.person.findFirst({ where: { ...peopleVisibleTo(asker), id: personId } });
  if (!target) return null;
  const where = { organizationId, role: "owner" as const, ...activePerson(), id: { not: personId } };
  const isLastOwner = target.role === "owner" && (await tx.person.count({ where })) === 0;
  const hasEnded = target.endsAt !== null && target.endsAt.getTime() <= Date.now();
  return { asker, target: { ...target, isLastOwner, hasEnded } };
}
