import { limits } from "@/lib/contract/limits";
import type { Room, RoomSync } from "@/lib/contract/room";
import { type MessageJson, presentMessageJson } from "@/lib/domain/message/present";
import { presentRoomJson, roomJson } from "@/lib/domain/room/present-json";
import { type Actor, idleMs, isGoodNow } from "@/lib/server/actor";
import { pool } from "@/lib/server/db";

interface Row {
  clock: number;
  epoch: string;
  /** Of the rooms asked about, those they are in. */
  mine: string[];
  changed: { id: string; clock: number; since: number; rows: MessageJson[] | null; room: Room | null }[];
}

/**
 * What became of somebody's rooms since these clocks, in one statement. Every tick is at most one changed row, so the
 * span tells how much a delta could carry.
 */
const text = `
  WITH asked AS (
    SELECT r.*, known.since, r.clock > known.since AND r.clock - known.since <= ${limits.delta} AS near
    FROM unnest($3::uuid[], $4::int[]) AS known(id, since)
    JOIN "Membership" mine ON mine."roomId" = known.id AND mine."personId" = $5::uuid
    JOIN "Room" r ON r.id = known.id)
  SELECT p.clock, o.epoch, ARRAY(SELECT id::text FROM asked) AS mine, coalesce((
    SELECT json_agg(json_build_object('id', r.id, 'clock', r.clock, 'since', r.since,
      'rows', CASE WHEN r.near THEN (
        SELECT coalesce(json_agg(m ORDER BY m."changedSeq"), '[]') FROM "Message" m
        WHERE m."roomId" = r.id AND m."changedSeq" > r.since) END,
      'room', CASE WHEN r.near AND r."changedSeq" > r.since THEN ${roomJson.sql} END))
    FROM asked r WHERE r.clock <> r.since), '[]') AS changed
  FROM "Session" s JOIN "Person" p ON p.id = s."personId" JOIN "Organization" o ON o.id = p."organizationId"
  WHERE s.id = $1::uuid AND p.id = $5::uuid AND ${isGoodNow}`;

/**
 * Null when the login is not good. `far` are rooms that changed by more than a delta carries, or whose clock is behind
 * the one known.
 */
export async function nearChanges({ sessionId, personId }: Actor, clocks: Record<string, number>) {
  const values = [sessionId, idleMs, Object.keys(clocks), Object.values(clocks), personId];
  const [row] = (await pool().query<Row>({ name: "near-changes", text, values })).rows;
  if (!row) return null;
  const rooms: Record<string, RoomSync> = {};
  const far: string[] = [];
  const mine = new Set(row.mine);
  for (const id of Object.keys(clocks)) if (!mine.has(id)) rooms[id] = { kind: "gone" };
  for (const { id, clock, since, rows, room } of row.changed) {
    if (!rows) {
      far.push(id);
      continue;
    }
    const known = { kind: "delta" as const, from: since, to: clock };
    rooms[id] = { ...known, rows: rows.map(presentMessageJson), room: room && presentRoomJson(room) };
  }
  return { clock: row.clock, epoch: row.epoch, rooms, far };
}
