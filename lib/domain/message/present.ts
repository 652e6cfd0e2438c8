import type { Message, Notice } from "@/lib/contract/message";
import type { Prisma } from "@/lib/server/db";

export function presentMessage(row: Prisma.MessageGetPayload<object>): Message {
  return {
    id: row.id,
    roomId: row.roomId,
    authorId: row.authorId,
    kind: row.kind,
    body: row.body,
    notice: row.notice as Notice | null,
    seq: row.seq,
    changedSeq: row.changedSeq,
    createdAt: row.createdAt.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    deletedAt: row.deletedAt?.toISOString() ?? null,
  };
}

/** A row in Postgres' JSON, where times are text. */
export type MessageJson = Message & { organizationId: string };

export function presentMessageJson({ organizationId: _, ...row }: MessageJson): Message {
  const time = (text: string | null) => text && new Date(text).toISOString();
  return {
    ...row,
    createdAt: new Date(row.createdAt).toISOString(),
    editedAt: time(row.editedAt),
    deletedAt: time(row.deletedAt),
  };
}
