import type { MeEvent } from "@/lib/contract/events";
import { myChanges } from "@/lib/domain/home/my-changes";
import { sessionValidUntil, sessionIsValid } from "@/lib/server/actor";
import { leaveAudience, logKey, socketsOf } from "@/lib/server/audience";
import { broadcast } from "@/lib/server/broadcast";
import { snapshot } from "@/lib/server/db";
import type { LogDeclaration } from "@/lib/server/log-declaration";
import { subscribe } from "@/lib/server/logs";
import { pool } from "@/lib/server/pool";
import { applyChoice, updatePresenceOfGuests } from "@/lib/server/presence";

interface Row {
  clock: number;
  authVersion: number;
  /** For each valid session of the person: its id, and when it expires (ms since 1970). */
  listeners: [string, number][] | null;
}

const listenersSql = `
  SELECT coalesce((SELECT l.clock FROM "PersonLog" l WHERE l."personId" = p.id), 1) AS clock, o.proof AS "authVersion",
    (SELECT json_agg(json_build_array(s.id, ${sessionValidUntil.sql})) FROM "Session" s
      WHERE s.id = ANY($2::uuid[]) AND s."personId" = p.id AND ${sessionIsValid.sql}) AS listeners
  FROM "Person" p JOIN "Organization" o ON o.id = p."organizationId" WHERE p.id = $1::uuid`;

async function readListeners(personId: string, sessionIds: string[]) {
  const query = { name: "person-listeners", text: listenersSql, values: [personId, sessionIds] };
  const [row] = (await pool().query<Row>(query)).rows;
  if (!row) return null;
  const listeners = new Map((row.listeners ?? []).map(([sessionId, until]) => [sessionId, { until }]));
  return { clock: row.clock, versions: { membersVersion: 0, authVersion: row.authVersion }, listeners };
}

const findChangedSql = `
  SELECT l."personId" AS id FROM unnest($1::uuid[], $2::int[]) AS sent(id, clock)
  JOIN "PersonLog" l ON l."personId" = sent.id WHERE l.clock > sent.clock`;

/** A person's log holds their memberships, the room invites that they received or sent, and what they chose. Only their own sockets receive it. */
export const personLog: LogDeclaration<MeEvent> = {
  async pull({ id, from, sessionIds }) {
    const before = await readListeners(id, sessionIds);
    if (!before) return null;
    if (before.clock <= from) return { ...before, frame: { from, to: from, changes: [] }, hasMore: false };
    const { more, ...frame } = await snapshot((tx) => myChanges(tx, id, from));
    // Reads the listeners after the rows: a session that is valid now was also valid when the rows were committed.
    const after = await readListeners(id, sessionIds);
    return after && { ...after, frame, hasMore: more };
  },
  async findChanged(clocks) {
    const values = [[...clocks.keys()], [...clocks.values()]];
    const { rows } = await pool().query<{ id: string }>({ name: "changed-people", text: findChangedSql, values });
    return rows.map(({ id }) => id);
  },
  send({ id, frame, receivers }) {
    const sockets = socketsOf(logKey("person", id));
    for (const change of frame.changes) {
      // A client that already has this change from a `sync` ignores the entry, and has the room at an earlier clock.
      if (change.type === "entry") subscribe("room", sockets, change.entry.room.id, change.entry.clock, 0);
      if (change.type === "presence") applyChoice(id, change.chosenPresence);
      if (change.type === "gone") for (const socket of sockets) leaveAudience(socket, logKey("room", change.roomId));
    }
    broadcast(receivers, "me", frame);
    if (frame.changes.some(({ type }) => type === "entry" || type === "gone")) updatePresenceOfGuests(receivers);
  },
  emptyFrame: (_, clock) => ({ from: clock, to: clock, changes: [] }),
  pauseMs: () => 0,
};
