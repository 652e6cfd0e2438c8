import type { Draft } from "@/lib/contract/draft";
import { limits } from "@/lib/contract/limits";
import { findRoomFor } from "@/lib/domain/room/find";
import { findFirst } from "@/lib/domain/thread/find";
import { floorFor } from "@/lib/policy/room";
import type { Actor } from "@/lib/server/actor";
import { Prisma, type Tx } from "@/lib/server/db";

// Drafts are read only for the person who typed them (docs/decisions/0069). Nothing else reads the table: no search, export, audit
// entry or list of an administrator.

interface Row extends Omit<Draft, "updatedAt"> {
  updatedAt: Date;
  /** What the row holds, even if the message was sent. */
  isStoredEmpty: boolean;
}

/** SQL: the text of draft `d`, as `now.text`. It is empty once its author has sent the message that it becomes. */
const textNow = Prisma.sql`CROSS JOIN LATERAL (
  SELECT CASE WHEN EXISTS (SELECT 1 FROM "Message" m
    WHERE m."organizationId" = d."organizationId" AND m.id = d.id AND m."authorId" = d."personId") THEN '' ELSE d.text END AS text) now`;

/** SQL: the room of draft `d`, and its thread. */
export const placeOfDraft = Prisma.sql`coalesce(d."threadRoomId", d."roomId") AS "roomId",
  CASE WHEN d."threadRoomId" IS NOT NULL THEN d."roomId" END AS "threadId"`;

async function readRows(
  tx: Tx,
  condition: Prisma.Sql,
  { characters, rows }: { characters: number; rows: number },
): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    SELECT ${placeOfDraft}, d.id, left(now.text, ${characters}::int) AS text, char_length(now.text) <= ${characters}::int AS "isWhole",
      d."updatedAt", d.tick, d.text = '' AS "isStoredEmpty"
    FROM "Draft" d ${textNow} WHERE ${condition} ORDER BY d."updatedAt" DESC, d."roomId" LIMIT ${rows}::int`;
}

const toDraft = ({ isStoredEmpty: _, updatedAt, ...row }: Row): Draft => ({
  ...row,
  updatedAt: updatedAt.toISOString(),
});

/** The beginnings of a person's drafts that are not empty, the latest first. */
export async function draftsOf(tx: Tx, personId: string): Promise<Draft[]> {
  const rows = await readRows(tx, Prisma.sql`d."personId" = ${personId}::uuid AND now.text <> ''`, {
    characters: limits.preview,
    rows: limits.drafts,
  });
  return rows.map(toDraft);
}

/** The beginnings of a person's drafts in these rooms, or in the threads with these first messages, empty ones too. */
export async function draftsIn(tx: Tx, personId: string, ids: string[]): Promise<Draft[]> {
  const condition = Prisma.sql`d."personId" = ${personId}::uuid AND d."roomId" = ANY(${ids}::uuid[])`;
  return (await readRows(tx, condition, { characters: limits.preview, rows: ids.length })).map(toDraft);
}

/** A room or, with `threadId`, a thread in it. */
export interface DraftPlace {
  roomId: string;
  threadId?: string | undefined;
}

/** A person's whole draft in a room or a thread. Null if they never had one there. */
export async function wholeDraft(
  tx: Tx,
  personId: string,
  { roomId, threadId }: DraftPlace,
): Promise<{ draft: Draft; isStoredEmpty: boolean } | null> {
  const isThere = threadId
    ? Prisma.sql`d."roomId" = ${threadId}::uuid AND d."threadRoomId" = ${roomId}::uuid`
    : Prisma.sql`d."roomId" = ${roomId}::uuid AND d."threadRoomId" IS NULL`;
  const condition = Prisma.sql`d."personId" = ${personId}::uuid AND ${isThere}`;
  const [row] = await readRows(tx, condition, { characters: limits.draft, rows: 1 });
  return row ? { draft: toDraft(row), isStoredEmpty: row.isStoredEmpty } : null;
}

/** The draft of somebody who has none there. */
export const noDraft = ({ roomId, threadId = null }: DraftPlace | Draft, id: string): Draft => {
  return { roomId, threadId, id, text: "", isWhole: true, updatedAt: new Date().toISOString(), tick: 0 };
};

/** How many drafts of a person are not empty. */
export async function countDrafts(tx: Tx, personId: string): Promise<number> {
  const [row] = await tx.$queryRaw<[{ count: number }]>`
    SELECT count(*)::int AS count FROM "Draft" d ${textNow} WHERE d."personId" = ${personId}::uuid AND now.text <> ''`;
  return row.count;
}

/**
 * Whether a person who has no draft in a room or a thread can begin one there: they are in the room, and see the thread. People choose the
 * ids of their messages, so a thread could have the id of a room, whose draft has the same key. Then the thread has none.
 */
export async function canBeginDraft(tx: Tx, actor: Actor, { roomId, threadId }: DraftPlace): Promise<boolean> {
  const found = await findRoomFor(tx, actor, roomId);
  if (!found?.membership) return false;
  if (!threadId) return true;
  const { personId, organizationId } = actor;
  const place = { personId, roomId: threadId };
  const isTaken =
    (await tx.room.findFirst({ where: { id: threadId, organizationId }, select: { id: true } })) ??
    (await tx.draft.findUnique({ where: { personId_roomId: place }, select: { id: true } }));
  return !isTaken && (await findFirst(tx, found.room, floorFor(found.room, found.membership), threadId)) !== null;
}

/** The beginning of a draft, as events have it. Counts characters as Postgres does. */
export function startOf(draft: Draft): Draft {
  const characters = Array.from(draft.text.slice(0, 2 * limits.preview));
  const text = characters.slice(0, limits.preview).join("");
  return { ...draft, text, isWhole: text.length === draft.text.length };
}
