import { limits } from "@/lib/contract/limits";
import type { Message } from "@/lib/contract/message";
import type { Room, RoomSync } from "@/lib/contract/room";
import { messageBytes } from "@/lib/domain/message/bytes";
import { messageColumns, parseMessageJson } from "@/lib/domain/message/to-message";
import { parseRoomJson, roomJson } from "@/lib/domain/room/room-json";
import { type Actor, sessionIsValid } from "@/lib/server/actor";
import { pool } from "@/lib/server/pool";

interface Row {
  clock: number;
  organizationClock: number;
  epoch: string;
  /** The requested rooms that the person is a member of. */
  mine: string[];
  changed: {
    id: string;
    clock: number;
    since: number;
    /** Bytes of a delta; null if it would have too many rows. */
    bytes: number | null;
    rows: Message[] | null;
    room: Room | null;
  }[];
}

/**
 * Reads what changed in a person's rooms since the client's clocks, in one statement. A tick changes at most one row,
 * so a delta has at most as many rows as its room's clock has ticked. Rows are read only for the smallest deltas, as many as
 * fit in one answer together.
 */
const deltasSql = `
  WITH requested AS (
    SELECT r.*, client.since, r.clock > client.since AND r.clock - client.since <= ${limits.delta} AS "isShort"
    FROM unnest($2::uuid[], $3::int[]) AS client(id, since)
    JOIN "Membership" mine ON mine."roomId" = client.id AND mine."personId" = $4::uuid
    JOIN "Room" r ON r.id = client.id),
  sized AS (
    SELECT a.*, CASE WHEN a."isShort" THEN (
      SELECT coalesce(sum(${messageBytes.sql}), 0)::int FROM "Message" m
      WHERE m."roomId" = a.id AND m."changedSeq" > a.since) END AS bytes
    FROM requested a WHERE a.clock <> a.since),
  changed AS (
    SELECT s.*, s."isShort" AND sum(s.bytes) OVER (ORDER BY s.bytes, s.id) <= ${limits.answer} AS fits FROM sized s)
  SELECT coalesce((SELECT l.clock FROM "PersonLog" l WHERE l."personId" = p.id), 1) AS clock, o.epoch,
    coalesce((SELECT l.clock FROM "OrganizationLog" l WHERE l."organizationId" = o.id), 0) AS "organizationClock",
    ARRAY(SELECT id::text FROM requested) AS mine, coalesce((
    SELECT json_agg(json_build_object('id', r.id, 'clock', r.clock, 'since', r.since, 'bytes', r.bytes,
      'rows', CASE WHEN r.fits THEN (
        SELECT coalesce(json_agg(n ORDER BY n."changedSeq"), '[]') FROM (
          SELECT ${messageColumns.sql} FROM "Message" m WHERE m."roomId" = r.id AND m."changedSeq" > r.since) n) END,
      'room', CASE WHEN r.fits AND r."changedSeq" > r.since THEN ${roomJson.sql} END))
    FROM changed r), '[]') AS changed
  FROM "Session" s JOIN "Person" p ON p.id = s."personId" JOIN "Organization" o ON o.id = p."organizationId"
  WHERE s.id = $1::uuid AND p.id = $4::uuid AND ${sessionIsValid.sql}`;

/** Of a room with a larger delta only the entry is sent. */
const maxDeltaBytes = limits.answer / 2;

/**
 * Returns null if the session is not valid. `rooms` are the deltas, and the rooms that the person left. `tooLong` are rooms
 * whose changes do not fit in a delta, or whose clock is behind the client's. `later` are rooms whose delta did not fit
 * in this answer.
 */
export async function readDeltas({ sessionId, personId }: Actor, clocks: Record<string, number>) {
  const values = [sessionId, Object.keys(clocks), Object.values(clocks), personId];
  const [row] = (await pool().query<Row>({ name: "deltas", text: deltasSql, values })).rows;
  if (!row) return null;
  const rooms: Record<string, RoomSync> = {};
  const [tooLong, later]: [string[], string[]] = [[], []];
  const memberOf = new Set(row.mine);
  for (const id of Object.keys(clocks)) if (!memberOf.has(id)) rooms[id] = { kind: "gone" };
  for (const { id, clock, since, bytes, rows, room } of row.changed) {
    if (!rows) {
      (bytes === null || bytes > maxDeltaBytes ? tooLong : later).push(id);
      continue;
    }
    const span = { kind: "delta" as const, from: since, to: clock };
    rooms[id] = { ...span, rows: rows.map(parseMessageJson), room: room && parseRoomJson(room) };
  }
  return { clock: row.clock, organizationClock: row.organizationClock, epoch: row.epoch, rooms, tooLong, later };
}
