import type { Message } from "@/lib/contract/message";
import { Person } from "@/lib/contract/person";
import { declareRowKind } from "@/lib/domain/row-kind";
import { Prisma, readAsJson, type Tx } from "@/lib/server/db";

const personKind = declareRowKind(Person, "p");

/** The fields of a person that clients receive: for Prisma, and as SQL for person `p`. */
export const { select: personFields, columns: personColumns } = personKind;
export const { fromRow: toPerson, fromJson: parsePersonJson } = personKind;

/** The authors of these messages, the people in their notices, and the people with these ids. */
export async function peopleIn(
  tx: Tx,
  organizationId: string,
  messages: (Message | null)[],
  personIds: readonly string[] = [],
): Promise<Person[]> {
  const ids = new Set(personIds);
  for (const message of messages) {
    if (message?.authorId) ids.add(message.authorId);
    if (message?.notice && "personIds" in message.notice) for (const id of message.notice.personIds) ids.add(id);
  }
  if (ids.size === 0) return [];
  const rows = await readAsJson<Person>(
    tx,
    "people",
    Prisma.sql`
    SELECT ${personColumns} FROM "Person" p WHERE p.id = ANY(${[...ids]}::uuid[]) AND p."organizationId" = ${organizationId}::uuid`,
  );
  return rows.map(parsePersonJson);
}
