import { uuidv7 } from "uuidv7";
import type { AuditSubject } from "@/lib/contract/operation";
import type { Prisma, Tx } from "./db";

type Values = Readonly<Record<string, Prisma.InputJsonValue | null>>;

/** One entry of the audit log, without who wrote it. It contains ids and never the names of people, rooms or groups. */
export interface AuditNote {
  /** The id of what was changed, of the kind that the operation's definition declares. */
  subjectId: string;
  /** The room that the change concerns, if there is one. The entry is shown among what happened in that room. */
  roomId?: string;
  /** What changed: the same fields as they were and as they are now. */
  before?: Values;
  after?: Values;
  /** What was done, if it is more than the operation's name says. */
  act?: string;
}

/** Who did it. `actorId` is null for what Parley did by itself, and `address` is empty then. */
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
  await tx.auditEntry.createMany({
    data: entries.map(({ act, subject, subjectId, roomId, before, after }) => {
      const common = { id: uuidv7(), organizationId, actorId, address, at };
      const values = { ...(before && { before }), ...(after && { after }) };
      const place = roomId === undefined ? {} : { roomId, roomSeq: seqOf.get(roomId) ?? null };
      return { ...common, act, subject, subjectId, ...place, ...values };
    }),
  });
}

/** The fields that differ, as they were and as they are. */
export function changesBetween<T extends Values>(before: T, after: T): { before: Values; after: Values } {
  const fields = Object.keys(after).filter((field) => before[field] !== after[field]);
  const pick = (values: T) => Object.fromEntries(fields.map((field) => [field, values[field] ?? null]));
  return { before: pick(before), after: pick(after) };
}
