import type { Message, Notice } from "@/lib/contract/message";
import { Prisma } from "@/lib/server/db";

type Times = "createdAt" | "editedAt" | "deletedAt";

/** A row of `messageColumns`, or of Prisma. */
export interface MessageRow extends Omit<Message, Times | "body" | "notice"> {
  /** Null if the message has none. */
  body: string | null;
  notice: unknown;
  createdAt: Date;
  editedAt: Date | null;
  deletedAt: Date | null;
}

/** SQL: the columns of message `m` that clients receive. */
export const messageColumns = Prisma.sql`m.id, m."roomId", m."authorId", m.kind::text AS kind,
  coalesce(m.body, '') AS body, m.notice, m.seq, m."changedSeq", m."createdAt", m."editedAt", m."deletedAt"`;

export function toMessage(row: MessageRow): Message {
  return {
    id: row.id,
    roomId: row.roomId,
    authorId: row.authorId,
    kind: row.kind,
    body: row.body ?? "",
    notice: row.notice as Notice | null,
    seq: row.seq,
    changedSeq: row.changedSeq,
    createdAt: row.createdAt.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    deletedAt: row.deletedAt?.toISOString() ?? null,
  };
}

/** The columns as Postgres' JSON, where times are text in another format. */
export function parseMessageJson(row: Message): Message {
  const toIso = (text: string | null) => text && new Date(text).toISOString();
  return {
    ...row,
    createdAt: new Date(row.createdAt).toISOString(),
    editedAt: toIso(row.editedAt),
    deletedAt: toIso(row.deletedAt),
  };
}
