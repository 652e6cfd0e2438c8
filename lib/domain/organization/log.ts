import type { OrganizationFrame } from "@/lib/contract/events";
import type { Organization } from "@/lib/contract/organization-settings";
import type { Person } from "@/lib/contract/person";
import { parsePersonJson, personColumns } from "@/lib/domain/person/to-person";
import { sessionValidUntil, sessionIsValid } from "@/lib/server/actor";
import { db } from "@/lib/server/db";
import { organizationColumns } from "./to-organization";
import { broadcast } from "@/lib/server/broadcast";
import type { LogDeclaration, PullRequest } from "@/lib/server/log-declaration";
import { pool } from "@/lib/server/pool";
import { applyRole } from "@/lib/server/socket-actor";

interface Row {
  clock: number;
  authVersion: number;
  /** The last tick in this frame, if there are too many changes for one frame. */
  upTo: number | null;
  people: Person[];
  /** The tick of the last change to groups, or to the rooms that people can find. */
  listsTick: number;
  organization: Organization;
  /** For each valid session: its id, when it expires (ms since 1970), and the person's id if they are a guest. */
  listeners: [string, number, string | null][] | null;
  /** Pairs: a guest's id, and the id of a changed person whom the guest may see. */
  visible: [string, string][] | null;
}

/** One frame has about this many people. It can have a few more, because it includes all people of its last tick. */
const maxPeople = 500;

/** Reads the changed people, the listeners, and which of the changed people each guest may see (those they share a room with). */
async function readChanges({ id, from, sessionIds, knownListeners }: PullRequest): Promise<Row | undefined> {
  const guestIds = knownListeners().flatMap(({ guestId }) => guestId ?? []);
  const [row] = await db().$queryRaw<Row[]>`
  WITH upto AS (
    SELECT (SELECT tick FROM "Person" WHERE "organizationId" = ${id}::uuid AND tick > ${from}
      ORDER BY tick OFFSET ${maxPeople - 1} LIMIT 1) AS tick),
  changed AS (
    SELECT ${personColumns} FROM "Person" p, upto
    WHERE p."organizationId" = ${id}::uuid AND p.tick > ${from} AND (upto.tick IS NULL OR p.tick <= upto.tick)),
  listeners AS (
    SELECT s.id, ${sessionValidUntil} AS until, CASE WHEN p.role = 'guest' THEN p.id END AS guest
    FROM "Session" s JOIN "Person" p ON p.id = s."personId"
    WHERE s.id = ANY(${sessionIds}::uuid[]) AND s."organizationId" = ${id}::uuid AND ${sessionIsValid})
  SELECT coalesce(l.clock, 0) AS clock, coalesce(l."listsTick", 0) AS "listsTick", o.proof AS "authVersion", (SELECT tick FROM upto) AS "upTo",
    (SELECT coalesce(json_agg(c), '[]') FROM changed c) AS people,
    (SELECT row_to_json(x) FROM (SELECT ${organizationColumns}) x) AS organization,
    (SELECT json_agg(json_build_array(r.id, r.until, r.guest)) FROM listeners r) AS listeners,
    (SELECT json_agg(DISTINCT jsonb_build_array(mine."personId", theirs."personId"))
      FROM "Membership" mine JOIN "Membership" theirs ON theirs."roomId" = mine."roomId"
      WHERE mine."personId" IN (SELECT unnest(${guestIds}::uuid[]) UNION SELECT guest FROM listeners)
        AND theirs."personId" IN (SELECT id FROM changed)) AS visible
  FROM "Organization" o LEFT JOIN "OrganizationLog" l ON l."organizationId" = o.id WHERE o.id = ${id}::uuid`;
  return row;
}

const findChangedSql = `
  SELECT l."organizationId" AS id FROM unnest($1::uuid[], $2::int[]) AS sent(id, clock)
  JOIN "OrganizationLog" l ON l."organizationId" = sent.id WHERE l.clock > sent.clock`;

interface PeopleFrame extends OrganizationFrame {
  /** The ids of the people in the frame whom a guest may see, by the guest's id. */
  visibleTo: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * An organization's log holds the organization and its people. Everyone receives all of it, except guests. A guest receives only
 * themselves and the people they share a room with.
 */
export const organizationLog: LogDeclaration<PeopleFrame> = {
  async pull(request) {
    const row = await readChanges(request);
    if (!row) return null;
    const { from } = request;
    const hasMore = row.upTo !== null && row.upTo < row.clock;
    const to = hasMore ? (row.upTo as number) : row.clock;
    const people = row.people.map(parsePersonJson);
    const { tick } = row.organization;
    const organization = tick > from && tick <= to ? row.organization : null;
    const visibleTo = new Map<string, Set<string>>();
    for (const [guestId, personId] of row.visible ?? []) {
      visibleTo.set(guestId, (visibleTo.get(guestId) ?? new Set()).add(personId));
    }
    const listeners = new Map(
      (row.listeners ?? []).map(([sessionId, until, guestId]) => [sessionId, { until, guestId }]),
    );
    return {
      frame: {
        from,
        to,
        organization,
        people,
        listsChanged: row.listsTick > from && row.listsTick <= to,
        visibleTo,
      },
      hasMore,
      versions: { membersVersion: 0, authVersion: row.authVersion },
      listeners,
    };
  },
  async findChanged(clocks) {
    const values = [[...clocks.keys()], [...clocks.values()]];
    const { rows } = await pool().query<{ id: string }>({
      name: "changed-organizations",
      text: findChangedSql,
      values,
    });
    return rows.map(({ id }) => id);
  },
  send({ frame: { visibleTo, ...frame }, receivers, listenerOf }) {
    for (const person of frame.people) applyRole(person);
    const guestIdOf = (socket: (typeof receivers)[number]) => listenerOf(socket)?.guestId ?? null;
    const members = receivers.filter((socket) => guestIdOf(socket) === null);
    broadcast(members, "organization", frame);
    for (const socket of receivers) {
      const guestId = guestIdOf(socket);
      if (guestId === null) continue;
      const people = frame.people.filter(({ id }) => id === guestId || visibleTo.get(guestId)?.has(id));
      broadcast([socket], "organization", { ...frame, people });
    }
  },
  emptyFrame: (_, clock) => ({
    from: clock,
    to: clock,
    organization: null,
    people: [],
    listsChanged: false,
    visibleTo: new Map(),
  }),
  // The pause grows with the number of sockets: changes to people are not urgent, and everyone receives them.
  pauseMs: (sockets) => Math.min(Math.max(50, sockets * 0.2), 1_000),
};
