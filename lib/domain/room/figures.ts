import { db, type Tx } from "@/lib/server/db";

/** The time of the latest message in each of these rooms. Rooms without messages are left out. */
export async function latestMessageAt(tx: Tx, roomIds: string[]): Promise<Map<string, Date>> {
  const rows = await tx.$queryRaw<{ id: string; at: Date }[]>`
    SELECT r.id, l."createdAt" AS at FROM unnest(${roomIds}::uuid[]) AS r(id)
    JOIN LATERAL (
      SELECT m."createdAt" FROM "Message" m WHERE m."roomId" = r.id AND m.kind <> 'notice' ORDER BY m.seq DESC LIMIT 1) l ON true`;
  return new Map(rows.map(({ id, at }) => [id, at]));
}

/** The figures of a new room, until it is counted. */
export const newFigures = { messages: 0, people: 1, countedSeq: 0 };

/** How many rooms one statement counts. */
const atOnce = 200;

/**
 * Counts the people and messages of the rooms that changed since they were last counted. Reads only messages after the clock of
 * the last count, through the index (roomId, seq). Only one process counts at a time. With `organizationId`, only rooms of that
 * organization.
 */
export async function countRooms(organizationId: string | null = null): Promise<void> {
  for (let counted = atOnce; counted === atOnce; ) {
    counted = await db().$transaction(async (tx) => {
      const [lock] = await tx.$queryRaw<{ held: boolean }[]>`SELECT pg_try_advisory_xact_lock(72700002) AS held`;
      return lock?.held ? countSome(tx, organizationId) : 0;
    });
  }
}

function countSome(tx: Tx, organizationId: string | null): Promise<number> {
  return tx.$executeRaw`
    WITH due AS (
      SELECT r.id, r."organizationId", r.clock, r."createdAt", coalesce(f."countedSeq", 0) AS since FROM "Room" r
      LEFT JOIN "RoomFigures" f ON f."roomId" = r.id
      WHERE r.clock > coalesce(f."countedSeq", 0) AND r."deletedAt" IS NULL AND r.kind = 'channel'
        AND (${organizationId}::uuid IS NULL OR r."organizationId" = ${organizationId}::uuid) ORDER BY r.id LIMIT ${atOnce})
    INSERT INTO "RoomFigures" AS f ("organizationId", "roomId", messages, people, "lastMessageAt", "activeAt", "countedSeq")
    SELECT d."organizationId", d.id,
      (SELECT count(*)::int FROM "Message" m
        WHERE m."roomId" = d.id AND m.seq > d.since AND m.seq <= d.clock AND m.kind <> 'notice'),
      (SELECT count(*)::int FROM "Membership" c WHERE c."roomId" = d.id AND c."isCounted"),
      l.at, coalesce(l.at, d."createdAt"), d.clock
    FROM due d LEFT JOIN LATERAL (
      SELECT m."createdAt" AS at FROM "Message" m WHERE m."roomId" = d.id AND m.kind <> 'notice' ORDER BY m.seq DESC LIMIT 1) l ON true
    ON CONFLICT ("roomId") DO UPDATE SET messages = f.messages + excluded.messages, people = excluded.people,
      "lastMessageAt" = excluded."lastMessageAt", "activeAt" = excluded."activeAt", "countedSeq" = excluded."countedSeq"`;
}
