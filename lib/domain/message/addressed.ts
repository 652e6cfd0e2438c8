// Whom groups and @here mean differs between the readers of one message, so it is not in the message's row.
import type { Message } from "@/lib/contract/message";
import { Prisma, type Tx } from "@/lib/server/db";
import { type MessageRow, toMessage } from "./to-message";

/** SQL: the people whom `@here` and groups of message `m` mean, for a condition about mention `n` and person `person`. */
const means = (person: string) => `(
  n.kind = 'here' AND ${person} = ANY(n."activeIds") OR n.kind = 'group' AND EXISTS (
    SELECT 1 FROM "GroupMember" g WHERE g."groupId" = n."targetId" AND g."personId" = ${person} AND g."joinedAt" <= m."createdAt"))`;

/** SQL: whether a group or `@here` of message `m` means this person: those in the group now, and since before the message. */
export const isAddressedText = (person: string): string => `(m.mentions IS NOT NULL AND EXISTS (
  SELECT 1 FROM "Mention" n WHERE n."organizationId" = m."organizationId" AND n."messageId" = m.id AND ${means(person)}))`;

/** SQL: the same, for the person `reader.id`. */
// oxlint-disable-next-line no-restricted-properties -- the text is our own, without parameters
export const isAddressed = Prisma.raw(isAddressedText("reader.id"));

/** SQL: the ids of all these people, as JSON. Null for a message without mentions. */
export const addressedIdsText = `CASE WHEN m.mentions IS NOT NULL THEN (
  SELECT json_agg(DISTINCT x.id) FROM "Mention" n CROSS JOIN LATERAL (
    SELECT unnest(n."activeIds") AS id WHERE n.kind = 'here'
    UNION ALL
    SELECT g."personId" FROM "GroupMember" g
    WHERE n.kind = 'group' AND g."groupId" = n."targetId" AND g."joinedAt" <= m."createdAt") x
  WHERE n."organizationId" = m."organizationId" AND n."messageId" = m.id) END`;

/** A message as it is sent to somebody whom a group or `@here` in it means, or does not mean. */
export const forReader = <M extends Message>(message: M, meansReader: boolean): M =>
  meansReader ? { ...message, isForMe: true } : message;

type StoredRow = MessageRow & { id: string; organizationId: string };

/** Messages of rows of the table, as this person gets them. */
export async function messagesFor(tx: Tx, personId: string, rows: readonly StoredRow[]): Promise<Message[]> {
  const messages = rows.map(toMessage);
  const toAsk = messages.filter(({ mentions }) =>
    Object.values(mentions ?? {}).some(({ kind }) => kind === "group" || kind === "here"),
  );
  if (toAsk.length === 0) return messages;
  const addressed = await tx.$queryRaw<{ id: string }[]>`
    SELECT m.id FROM "Message" m CROSS JOIN (SELECT ${personId}::uuid AS id) reader
    WHERE m."organizationId" = ${rows[0]?.organizationId}::uuid AND m.id = ANY(${toAsk.map(({ id }) => id)}::uuid[]) AND ${isAddressed}`;
  const ids = new Set(addressed.map(({ id }) => id));
  return messages.map((message) => forReader(message, ids.has(message.id)));
}

/** The same for one message. */
export async function messageFor(tx: Tx, personId: string, row: StoredRow): Promise<Message> {
  const [message] = await messagesFor(tx, personId, [row]);
  return message as Message;
}
