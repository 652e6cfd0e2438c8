import type { Person } from "@/lib/contract/person";
import { sessionValidUntil, sessionIsValid } from "@/lib/server/actor";
import { db } from "@/lib/server/db";
import type { PullOrganization } from "@/lib/server/organization-log";

interface Row {
  clock: number;
  proof: number;
  /** The last tick of this part. */
  upTo: number | null;
  people: Person[];
  /** Sessions, when each ends by itself in ms since 1970, and the person if they are a guest. */
  receivers: [string, number, string | null][] | null;
  /** A guest, and a changed person whom they may see. */
  visible: [string, string][] | null;
}

/** A frame has at most this many people, and those of its last tick more: it never ends inside a tick. */
const maxPeople = 500;

export const pullOrganization: PullOrganization = async (organizationId, from, sessionIds, guestIds) => {
  // Guests see the people they share a room with.
  const [row] = await db().$queryRaw<Row[]>`
  WITH upto AS (
    SELECT (SELECT tick FROM "Person" WHERE "organizationId" = ${organizationId}::uuid AND tick > ${from}
      ORDER BY tick OFFSET ${maxPeople - 1} LIMIT 1) AS tick),
  changed AS (
    SELECT p.id, p.name, p.handle, p.role, p."deactivatedAt", p."lastSeenAt" FROM "Person" p, upto
    WHERE p."organizationId" = ${organizationId}::uuid AND p.tick > ${from} AND (upto.tick IS NULL OR p.tick <= upto.tick)),
  receivers AS (
    SELECT s.id, ${sessionValidUntil} AS until, CASE WHEN p.role = 'guest' THEN p.id END AS guest
    FROM "Session" s JOIN "Person" p ON p.id = s."personId"
    WHERE s.id = ANY(${sessionIds}::uuid[]) AND s."organizationId" = ${organizationId}::uuid AND ${sessionIsValid})
  SELECT coalesce(l.clock, 0) AS clock, o.proof, (SELECT tick FROM upto) AS "upTo",
    (SELECT coalesce(json_agg(c), '[]') FROM changed c) AS people,
    (SELECT json_agg(json_build_array(r.id, r.until, r.guest)) FROM receivers r) AS receivers,
    (SELECT json_agg(DISTINCT jsonb_build_array(mine."personId", theirs."personId"))
      FROM "Membership" mine JOIN "Membership" theirs ON theirs."roomId" = mine."roomId"
      WHERE mine."personId" IN (SELECT unnest(${guestIds}::uuid[]) UNION SELECT guest FROM receivers)
        AND theirs."personId" IN (SELECT id FROM changed)) AS visible
  FROM "Organization" o LEFT JOIN "OrganizationLog" l ON l."organizationId" = o.id WHERE o.id = ${organizationId}::uuid`;
  if (!row) return null;
  const more = row.upTo !== null && row.upTo < row.clock;
  const to = more ? (row.upTo as number) : row.clock;
  const toIso = (at: string | null) => at && new Date(at).toISOString();
  const people = row.people.map((person) => ({
    ...person,
    deactivatedAt: toIso(person.deactivatedAt),
    lastSeenAt: toIso(person.lastSeenAt),
  }));
  const visibleTo = new Map<string, Set<string>>();
  for (const [guestId, personId] of row.visible ?? []) {
    visibleTo.set(guestId, (visibleTo.get(guestId) ?? new Set()).add(personId));
  }
  const receivers = new Map(
    (row.receivers ?? []).map(([sessionId, until, guestId]) => [sessionId, { until, guestId }]),
  );
  return { frame: { from, to, people }, more, proof: row.proof, receivers, visibleTo };
};
