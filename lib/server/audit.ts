import { uuidv7 } from "uuidv7";
import type { AuditSubject } from "@/lib/contract/operation";
import type { Prisma, Tx } from "./db";

type Values = Readonly<Record<string, Prisma.InputJsonValue | null>>;

/** One entry of the audit log, without the person who acted. It contains ids, never the names of people, rooms or groups. */
export interface AuditNote {
  /** The id of what was changed. Its kind, such as a room, is declared by the operation's `audit`. */
  subjectId: string;
  /** The room that the change concerns, if any. The entry is then also shown in that room's part of the audit log. */
  roomId?: string;
  /** The changed fields, with their values before and after the change. */
  before?: Values;
  after?: Values;
  /** What was done. If absent, the operation's name says it. */
  act?: string;
}

/** Who acted. If Parley acted by itself, `actorId` is null and `address` is empty. */
export interface AuditedBy {
  organizationId: string;
  actorId: string | null;
  address: string;
}

/** Writes entries into the audit log, in the transaction of the change. Nobody can change or delete them afterwards. */
export async function writeAudit(
  tx: Tx,
  { organizationId, actorId, address }: AuditedBy,
  entries: readonly (AuditNote & { act: string; subject: AuditSubject })[],
): Promise<void> {
  if (entries.length === 0) return;
  const at = new Date();
  const roomIds = [...new Set(entries.flatMap(({ roomId }) => roomId ?? []))];
  const rooms =
    roomIds.length === 0
      ? []
      : await tx.room.findMany({ where: { id: { in: roomIds } }, select: { id: true, clock: true } });
  const seqOf = new Map(rooms.map(({ id, clock }) => [id, clock]));
  const rows = entries.map(({ act, subject, subjectId, roomId, before, after }) => ({
    id: uuidv7(),
    act,
    subject,
    subjectId,
    roomId: roomId ?? null,
    roomSeq: roomId === undefined ? null : (seqOf.get(roomId) ?? null),
    before: before ? JSON.stringify(before) : null,
    after: after ? JSON.stringify(after) : null,
  }));
  const column = <K extends keyof (typeof rows)[number]>(name: K) => rows.map((row) => row[name]);
  // One act can concern thousands of rooms. Prisma would take seconds to build the statement for so many rows.
  await tx.$executeRaw`
    INSERT INTO "AuditEntry" (id, "organizationId", "actorId", act, subject, "subjectId", "roomId", "roomSeq", before, after, address, at)
    SELECT n.id, ${organizationId}::uuid, ${actorId}::uuid, n.act, n.subject, n.about, n.room, n.seq, n.before::jsonb, n.after::jsonb,
      ${address}, ${at}::timestamptz
    FROM unnest(${column("id")}::uuid[], ${column("act")}::text[], ${column("subject")}::text[], ${column("subjectId")}::uuid[],
      ${column("roomId")}::uuid[], ${column("roomSeq")}::int[], ${column("before")}::text[], ${column("after")}::text[])
      AS n(id, act, subject, about, room, seq, before, after)`;
}

/** The fields that differ, with their values before and after. */
export function changesBetween<T extends Values>(before: T, after: T): { before: Values; after: Values } {
  const fields = Object.keys(after).filter((field) => before[field] !== after[field]);
  const pick = (values: T) => Object.fromEntries(fields.map((field) => [field, values[field] ?? null]));
  return { before: pick(before), after: pick(after) };
}
