import type { Message } from "@/lib/contract/message";
import type { Person } from "@/lib/contract/person";
import type { Prisma, Tx } from "@/lib/server/db";

export const personFields = {
  id: true,
  name: true,
  handle: true,
  role: true,
  deactivatedAt: true,
  lastSeenAt: true,
} satisfies Prisma.PersonSelect;

export function toPerson(row: Prisma.PersonGetPayload<{ select: typeof personFields }>): Person {
  return {
    id: row.id,
    name: row.name,
    handle: row.handle,
    role: row.role,
    deactivatedAt: row.deactivatedAt?.toISOString() ?? null,
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
  };
}

/** Everybody whom these messages are by or about. */
export async function peopleIn(tx: Tx, organizationId: string, messages: (Message | null)[]): Promise<Person[]> {
  const ids = new Set<string>();
  for (const message of messages) {
    if (message?.authorId) ids.add(message.authorId);
    if (message?.notice && "personIds" in message.notice) for (const id of message.notice.personIds) ids.add(id);
  }
  if (ids.size === 0) return [];
  const rows = await tx.person.findMany({ where: { organizationId, id: { in: [...ids] } }, select: personFields });
  return rows.map(toPerson);
}
