import { lockOrganization } from "@/lib/domain/organization/lock";
import { runsOrganization } from "@/lib/policy/decision";
import { activePerson, type Actor, findActorIn } from "@/lib/server/actor";
import { AppError } from "@/lib/server/app-error";
import type { Tx } from "@/lib/server/db";
import { peopleVisibleTo } from "./visible";

/**
 * Finds a person to administer, and the actor with their current role. Null if the actor may not know of the person. Operations
 * that change roles or access run one at a time, under the organization's lock. So they cannot leave the organization without an
 * active owner.
 */
export async function findAdministered(tx: Tx, actor: Actor, personId: string) {
  const { organizationId } = actor;
  let asker = actor;
  if (runsOrganization(actor)) {
    await lockOrganization(tx, organizationId);
    // While this call waited for the lock, the actor's role may have changed, or their session may have ended.
    const current = await findActorIn(tx, actor.sessionId);
    if (!current) throw new AppError("unauthenticated");
    asker = current;
  }
  const target = await tx.person.findFirst({ where: { ...peopleVisibleTo(asker), id: personId } });
  if (!target) return null;
  const hasEnded = target.endsAt !== null && target.endsAt.getTime() <= Date.now();
  return { asker, target: { ...target, isLastOwner: await isLastOwner(tx, target), hasEnded } };
}

/** Whether a person is their organization's only owner who can sign in. Lock the organization first if a decision depends on it. */
export async function isLastOwner(
  tx: Tx,
  { id, organizationId, role }: { id: string; organizationId: string; role: Actor["role"] },
): Promise<boolean> {
  const others = { organizationId, role: "owner" as const, ...activePerson(), id: { not: id } };
  return role === "owner" && (await tx.person.count({ where: others })) === 0;
}

/** Whether nobody else in a person's organization can sign in. */
export async function isAlone(
  tx: Tx,
  { id, organizationId }: { id: string; organizationId: string },
): Promise<boolean> {
  const where = { organizationId, ...activePerson(), id: { not: id } };
  return (await tx.person.findFirst({ where, select: { id: true } })) === null;
}
