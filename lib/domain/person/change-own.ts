import type { Person } from "@/lib/contract/person";
import type { Actor } from "@/lib/server/actor";
import type { Tx } from "@/lib/server/db";
import type { Announce } from "@/lib/server/handler";
import { nameFields } from "../page-by-name";
import { personFields, toPerson } from "./to-person";

type Profile = Pick<
  Person,
  "name" | "handle" | "title" | "pronouns" | "timeZone" | "statusEmoji" | "statusText" | "statusUntil"
>;

/** Reads the actor's public fields. Their row stays locked until the transaction ends. */
export async function lockOwn(tx: Tx, id: string): Promise<Person> {
  await tx.$queryRaw`SELECT FROM "Person" WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  return toPerson(await tx.person.findUniqueOrThrow({ where: { id }, select: personFields }));
}

/** Changes the actor's public fields. The caller has locked their row. Announces nothing if `next` changes nothing. */
export async function changeOwn(
  { tx, actor, announce }: { tx: Tx; actor: Actor; announce: Announce },
  current: Person,
  next: Partial<Profile>,
): Promise<Person> {
  const { name, ...others } = next;
  if ((Object.keys(next) as (keyof Profile)[]).every((field) => next[field] === current[field])) return current;
  await tx.person.update({
    where: { id: actor.personId },
    data: { ...others, ...(name !== undefined && nameFields(name)) },
    select: { id: true },
  });
  announce.people(actor.organizationId, [actor.personId]);
  return { ...current, ...next };
}
