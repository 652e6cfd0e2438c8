// Finds rows of logs that changed without a new tick.
import { db, Prisma } from "@/lib/server/db";

/** What clients know of one row of a log. */
export interface Row {
  kind: string;
  key: string;
  /** The tick of its latest change. */
  tick: number;
  /** The clock of its log. */
  clock: number;
  content: unknown;
}

/**
 * Reads the rows of one kind, of an organization (`$1`): their `kind`, `key`, `tick`, their log's `clock`, and as `content` all
 * that clients receive. A row that was removed is there while `Gone` has it.
 */
const kinds = (id: Prisma.Sql): Prisma.Sql[] => [
  Prisma.sql`SELECT 'message' AS kind, m.id::text AS key, m."changedSeq" AS tick, r.clock,
      to_jsonb(m) - ARRAY['changedSeq', 'bodyKeyId'] AS content
    FROM "Message" m JOIN "Room" r ON r.id = m."roomId" WHERE m."organizationId" = ${id}`,
  // A deleted message takes its reactions with it, and its own tick tells that.
  Prisma.sql`SELECT 'reactions', m.id::text, CASE WHEN m."deletedAt" IS NULL THEN coalesce(x.tick, m.seq) ELSE m."changedSeq" END,
      r.clock, x.content
    FROM "Message" m JOIN "Room" r ON r.id = m."roomId" CROSS JOIN LATERAL (
      SELECT max(x."changedSeq") AS tick, jsonb_agg(to_jsonb(x) - 'changedSeq' ORDER BY x.emoji, x."personId") AS content
      FROM "Reaction" x WHERE x."organizationId" = m."organizationId" AND x."messageId" = m.id) x
    WHERE m."organizationId" = ${id}`,
  // A room's row says how many members it has, and which groups.
  Prisma.sql`SELECT 'room', r.id::text, r."changedSeq", r.clock, jsonb_build_array(
      to_jsonb(r) - ARRAY['changedSeq', 'clock', 'nameOrder'],
      (SELECT coalesce(jsonb_agg(g."groupId" ORDER BY g."groupId"), '[]') FROM "RoomGroup" g WHERE g."roomId" = r.id),
      (SELECT coalesce(jsonb_agg(jsonb_build_array(m."personId", m.role, m."isCounted") ORDER BY m."personId"), '[]')
        FROM "Membership" m WHERE m."roomId" = r.id))
    FROM "Room" r WHERE r."organizationId" = ${id}`,
  Prisma.sql`SELECT 'membership', m."roomId" || ' ' || m."personId", m."personTick", coalesce(l.clock, 1),
      to_jsonb(m) - ARRAY['personTick', 'roomTick', 'isFollowing', 'isCounted']
    FROM "Membership" m LEFT JOIN "PersonLog" l ON l."personId" = m."personId" WHERE m."organizationId" = ${id}`,
  Prisma.sql`SELECT 'membership', g.key || ' ' || g."logId", g.tick, coalesce(l.clock, 1), 'null'::jsonb
    FROM "Gone" g LEFT JOIN "PersonLog" l ON l."personId" = g."logId"
    WHERE g."organizationId" = ${id} AND g.kind = 'membership'`,
  // An invite is in the log of the invited person and in that of its sender.
  ...["personTick", "inviterTick"].map((tick) => {
    const [column, person] =
      tick === "personTick"
        ? [Prisma.sql`"personTick"`, Prisma.sql`"personId"`]
        : [Prisma.sql`"inviterTick"`, Prisma.sql`"inviterId"`];
    return Prisma.sql`SELECT 'invite', i.id || ' ' || i.${person}, i.${column}, coalesce(l.clock, 1),
        to_jsonb(i) - ARRAY['personTick', 'inviterTick', 'endedAt']
      FROM "RoomInvite" i LEFT JOIN "PersonLog" l ON l."personId" = i.${person} WHERE i."organizationId" = ${id}`;
  }),
  Prisma.sql`SELECT 'person', p.id::text, p.tick, coalesce(l.clock, 0),
      to_jsonb(p) - ARRAY['tick', 'lastSeenAt', 'nameOrder', 'accountId']
    FROM "Person" p LEFT JOIN "OrganizationLog" l ON l."organizationId" = p."organizationId"
    WHERE p."organizationId" = ${id}`,
  // A group's row says how many people are in it, without those who are deactivated.
  Prisma.sql`SELECT 'group', g.id::text, g.tick, coalesce(l.clock, 0), jsonb_build_array(
      to_jsonb(g) - ARRAY['tick', 'nameOrder'],
      (SELECT coalesce(jsonb_agg(x."personId" ORDER BY x."personId"), '[]') FROM "GroupMember" x
        JOIN "Person" p ON p.id = x."personId" AND p."deactivatedAt" IS NULL WHERE x."groupId" = g.id))
    FROM "Group" g LEFT JOIN "OrganizationLog" l ON l."organizationId" = g."organizationId"
    WHERE g."organizationId" = ${id}`,
  Prisma.sql`SELECT 'group', g.key, g.tick, coalesce(l.clock, 0), 'null'::jsonb
    FROM "Gone" g LEFT JOIN "OrganizationLog" l ON l."organizationId" = g."logId"
    WHERE g."organizationId" = ${id} AND g.kind = 'group'`,
  // Writing follows and reads a thread without a tick, so only what somebody chose is compared.
  Prisma.sql`SELECT 'follow', f."threadId" || ' ' || f."personId", f.tick, coalesce(l.clock, 1),
      jsonb_build_array(f."chosenAtSeq", f."readAtSeq", f."isMuted")
    FROM "ThreadFollow" f LEFT JOIN "PersonLog" l ON l."personId" = f."personId"
    WHERE f."organizationId" = ${id} AND (f.tick > 0 OR f."chosenAtSeq" > 0 OR f."readAtSeq" > 0 OR f."isMuted" IS NOT NULL)`,
  Prisma.sql`SELECT 'organization', o.id::text, o.tick, coalesce(l.clock, 0), to_jsonb(o) - ARRAY['tick', 'proof', 'epoch']
    FROM "Organization" o LEFT JOIN "OrganizationLog" l ON l."organizationId" = o.id WHERE o.id = ${id}`,
  Prisma.sql`SELECT 'sections', l."personId"::text, l."sectionsTick", l.clock, l.sections
    FROM "PersonLog" l WHERE l."organizationId" = ${id} AND l.sections IS NOT NULL`,
  Prisma.sql`SELECT 'preferences', l."personId"::text, l."preferencesTick", l.clock, l.preferences
    FROM "PersonLog" l WHERE l."organizationId" = ${id} AND l.preferences IS NOT NULL`,
  Prisma.sql`SELECT 'presence', l."personId"::text, l."presenceTick", l.clock, jsonb_build_array(l.presence, l."presenceUntil")
    FROM "PersonLog" l WHERE l."organizationId" = ${id} AND (l.presence <> 'auto' OR l."presenceTick" > 0)`,
  Prisma.sql`SELECT 'draft', d."roomId" || ' ' || d."personId", d.tick, coalesce(l.clock, 1), to_jsonb(d) - ARRAY['tick']
    FROM "Draft" d LEFT JOIN "PersonLog" l ON l."personId" = d."personId" WHERE d."organizationId" = ${id}`,
  // Whom somebody blocks, and which groups they are in, is in their own log.
  Prisma.sql`SELECT 'blocks', p.id::text, coalesce(l."blocksTick", 0), coalesce(l.clock, 1), x."blockedIds"
    FROM "Person" p LEFT JOIN "PersonLog" l ON l."personId" = p.id CROSS JOIN LATERAL (
      SELECT jsonb_agg(b."blockedId" ORDER BY b."blockedId") AS "blockedIds" FROM "Block" b WHERE b."blockerId" = p.id) x
    WHERE p."organizationId" = ${id} AND (x."blockedIds" IS NOT NULL OR l."blocksTick" > 0)`,
  Prisma.sql`SELECT 'groups', p.id::text, coalesce(l."groupsTick", 0), coalesce(l.clock, 1), to_jsonb(ARRAY(
      SELECT x."groupId" FROM "GroupMember" x WHERE x."personId" = p.id ORDER BY x."groupId"))
    FROM "Person" p LEFT JOIN "PersonLog" l ON l."personId" = p.id WHERE p."organizationId" = ${id}`,
];

/** The tables that `kinds` reads. */
export const comparedTables = [
  "Message",
  "Reaction",
  "Room",
  "Membership",
  "Gone",
  "RoomInvite",
  "Draft",
  "ThreadFollow",
  "Person",
  "Group",
  "Organization",
];

/** All rows of the logs of an organization, its rooms and its people. */
export async function rowsOfLogs(organizationId: string): Promise<Row[]> {
  return db().$queryRaw<Row[]>`${Prisma.join(kinds(Prisma.sql`${organizationId}::uuid`), " UNION ALL ")}`;
}

/** The rows that were written between the two, and those of them that have no tick of their log's new ones. */
export function unticked(before: Row[], after: Row[]): { changed: Row[]; without: Row[] } {
  const nameOf = ({ kind, key }: Row) => `${kind} ${key}`;
  const earlier = new Map(before.map((row) => [nameOf(row), row]));
  const later = new Map(after.map((row) => [nameOf(row), row]));
  const isSame = (row: Row) => JSON.stringify(earlier.get(nameOf(row))?.content) === JSON.stringify(row.content);
  const changed = after.filter((row) => !isSame(row));
  // A log that is new, and one without a row of it before, begins before its first tick.
  const isNew = (row: Row) => row.tick > (earlier.get(nameOf(row))?.clock ?? 0) && row.tick <= row.clock;
  const removed = before.filter((row) => !later.has(nameOf(row)));
  return { changed: [...changed, ...removed], without: [...changed.filter((row) => !isNew(row)), ...removed] };
}
