import type { Output } from "@/lib/contract/index";
import type { Actor } from "@/lib/server/actor";
import type { Tx } from "@/lib/server/db";
import { organizationFields, toOrganization } from "@/lib/domain/organization/to-organization";
import { personFields, toPerson } from "./to-person";
import { peopleVisibleTo } from "./visible";

/** One answer has about this many people. It can have a few more, because it includes all people of its last tick. */
const maxPeople = 200;

/**
 * Reads what changed after the tick `from` of the organization's log: the people whom the actor may see, each once, and the
 * organization itself. Null if nothing changed. The answer is consistent only if `tx` is a snapshot.
 */
export async function organizationChanges(tx: Tx, actor: Actor, from: number): Promise<Output<"sync">["organization"]> {
  const { organizationId } = actor;
  const log = await tx.organizationLog.findUnique({ where: { organizationId } });
  if (!log || log.clock <= from) return null;
  const [last] = await tx.person.findMany({
    where: { organizationId, tick: { gt: from } },
    orderBy: { tick: "asc" },
    skip: maxPeople - 1,
    take: 1,
    select: { tick: true },
  });
  const to = last?.tick ?? log.clock;
  const rows = await tx.person.findMany({
    where: { AND: [peopleVisibleTo(actor), { tick: { gt: from, lte: to } }] },
    select: personFields,
  });
  const found = await tx.organization.findUniqueOrThrow({ where: { id: organizationId }, select: organizationFields });
  const organization = found.tick > from && found.tick <= to ? toOrganization(found) : null;
  const listsChanged = log.listsTick > from && log.listsTick <= to;
  return { from, to, organization, people: rows.map(toPerson), listsChanged, more: to < log.clock };
}
