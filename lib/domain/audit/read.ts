import type { AuditEntry } from "@/lib/contract/audit";
import type { Input, Output } from "@/lib/contract/index";
import { mayReadAudit } from "@/lib/policy/organization";
import { floorFor } from "@/lib/policy/room";
import { maySeeInside } from "@/lib/policy/room-settings";
import type { Actor } from "@/lib/server/actor";
import { AppError } from "@/lib/server/app-error";
import type { Prisma, Tx } from "@/lib/server/db";
import { newestFirst, readPage } from "../page";

type Filters = Omit<Input<"audit.list">, "limit"> & { limit: number };

/**
 * Reads one page of the audit log, with the current names of the people, rooms and groups in it. An actor who does not run the
 * organization reads as an admin of the one room in `filters`. They get no network addresses, and only entries
 * after their floor. The floor is the `seq` up to which the room's messages are hidden from them.
 */
export async function readAudit(tx: Tx, actor: Actor, filters: Filters): Promise<Output<"audit.list">> {
  const { organizationId } = actor;
  const { personId, act, roomId, since, until } = filters;
  const runsAll = mayReadAudit(actor).ok;
  const conditions: Prisma.AuditEntryWhereInput = {
    organizationId,
    ...(act !== undefined && { act }),
    ...(roomId && { roomId }),
    // Ids begin with the time, so the index by id can seek to `since` and `until`.
    AND: [since ? { id: { gte: firstIdAt(since) } } : {}, until ? { id: { lt: firstIdAt(until) } } : {}],
    ...(!runsAll && (await aboveFloor(tx, actor, roomId))),
    ...(personId && { OR: [{ actorId: personId }, { subject: "person", subjectId: personId }] }),
  };
  const { rows, next } = await readPage(newestFirst, filters, ({ where, ...page }) =>
    tx.auditEntry.findMany({ where: { AND: [conditions, where] }, ...page }),
  );
  const floors = await floorsOf(
    tx,
    actor,
    rows.flatMap((row) => row.roomId ?? []),
  );
  const entries = rows.map((row) => present(runsAll ? row : { ...row, address: "" }, isBelow(row, floors)));
  return { entries, names: await namesIn(tx, organizationId, entries), next };
}

/** The lowest UUIDv7 of this time. */
function firstIdAt(time: string): string {
  const hex = Math.max(0, Math.min(new Date(time).getTime(), 2 ** 48 - 1))
    .toString(16)
    .padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

/** The actor's floor in each of these rooms, by room id. A room that is not in the map is hidden from them completely. */
async function floorsOf(tx: Tx, { personId, organizationId }: Actor, roomIds: string[]): Promise<Map<string, number>> {
  const rooms = await tx.room.findMany({
    where: { organizationId, id: { in: [...new Set(roomIds)] } },
    select: {
      id: true,
      access: true,
      history: true,
      floorSeq: true,
      clock: true,
      memberships: { where: { personId }, select: { role: true, floorSeq: true } },
      bans: { where: { personId }, select: { personId: true } },
    },
  });
  const open = rooms.filter(({ bans, ...room }) =>
    maySeeInside({ ...room, bansAsker: bans.length > 0 }, room.memberships[0] ?? null),
  );
  return new Map(open.map((room) => [room.id, floorFor(room, room.memberships[0] ?? null)]));
}

/** Matches the entries about a room that were written after the actor's floor. */
async function aboveFloor(tx: Tx, actor: Actor, roomId: string | undefined): Promise<Prisma.AuditEntryWhereInput> {
  const floor = roomId === undefined ? undefined : (await floorsOf(tx, actor, [roomId])).get(roomId);
  if (floor === undefined) throw new AppError("forbidden");
  return floor > 0 ? { roomSeq: { gt: floor } } : {};
}

/** Whether these floors would hide a message that was written at the moment of the entry. */
function isBelow({ roomId, roomSeq }: Pick<Row, "roomId" | "roomSeq">, floors: ReadonlyMap<string, number>): boolean {
  if (roomId === null) return false;
  const floor = floors.get(roomId);
  // Entries written by older versions have no `roomSeq`. They count as hidden unless the floor is 0.
  return floor === undefined || (floor > 0 && (roomSeq ?? 0) <= floor);
}

type Row = Prisma.AuditEntryGetPayload<object>;
type Values = Record<string, Prisma.JsonValue>;

/** Fields that hold text from inside a room. They are hidden like its messages. */
const written = ["topic", "description"];

function present(row: Row, isHidden: boolean): AuditEntry {
  const [before, after] = [row.before as Values | null, row.after as Values | null];
  const hasWritten = written.some((field) => field in { ...before, ...after });
  const shown = (values: Values | null) =>
    values && isHidden
      ? Object.fromEntries(Object.entries(values).filter(([field]) => !written.includes(field)))
      : values;
  const { id, at, actorId, act, subject, subjectId, roomId, address } = row;
  const values = { before: shown(before), after: shown(after) } as Pick<AuditEntry, "before" | "after">;
  return {
    id,
    at: at.toISOString(),
    actorId,
    act,
    subject,
    subjectId,
    roomId,
    ...values,
    address,
    hidden: isHidden && hasWritten,
  };
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** The names of the people, rooms and groups whose ids occur in these entries. */
async function namesIn(tx: Tx, organizationId: string, entries: AuditEntry[]): Promise<Record<string, string>> {
  const id = { in: [...new Set(JSON.stringify(entries).match(uuid) ?? [])] };
  if (id.in.length === 0) return {};
  const query = { where: { organizationId, id }, select: { id: true, name: true } };
  const people = await tx.person.findMany(query);
  const rooms = await tx.room.findMany(query);
  const groups = await tx.group.findMany(query);
  return Object.fromEntries(
    [...people, ...rooms, ...groups].flatMap((each) => (each.name ? [[each.id, each.name]] : [])),
  );
}
