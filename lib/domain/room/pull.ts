import { limits } from "@/lib/contract/limits";
import type { Message } from "@/lib/contract/message";
import type { Room } from "@/lib/contract/room";
import { sessionValidUntil, sessionIsValid } from "@/lib/server/actor";
import { pool } from "@/lib/server/pool";
import type { Pull } from "@/lib/server/realtime";
import { messageBytes } from "@/lib/domain/message/bytes";
import { messageColumns, parseMessageJson } from "@/lib/domain/message/to-message";
import { parseRoomJson, roomJson } from "./room-json";

interface Row {
  clock: number;
  changedSeq: number;
  proof: number;
  rows: Message[];
  /** How many rows have changed, counted up to one more than fits in a frame. */
  found: number;
  room: Room | null;
  /** Sessions, and when each expires by itself, in ms since 1970. */
  listeners: [string, number][] | null;
}

/**
 * What changed in a room since `from`, and which of these sessions may receive it. One statement, so both are of the same
 * snapshot: somebody who was removed is not a listener of anything after their removal.
 */
const pullSql = `
  SELECT r.clock, r."changedSeq", o.proof,
    (SELECT coalesce(json_agg(n ORDER BY n."changedSeq"), '[]') FROM (
      SELECT ${messageColumns.sql} FROM (
        SELECT m.*, sum(${messageBytes.sql}) OVER (ORDER BY m."changedSeq") - ${messageBytes.sql} AS sofar FROM (
          SELECT * FROM "Message" WHERE "roomId" = r.id AND "changedSeq" > $2
          ORDER BY "changedSeq" LIMIT ${limits.delta}) m) m
      WHERE sofar <= ${limits.answer}) n) AS rows,
    (SELECT count(*)::int FROM (
      SELECT 1 FROM "Message" WHERE "roomId" = r.id AND "changedSeq" > $2 LIMIT ${limits.delta + 1}) c) AS found,
    CASE WHEN r."changedSeq" > $2 THEN ${roomJson.sql} END AS room,
    (SELECT json_agg(json_build_array(s.id, ${sessionValidUntil.sql}))
      FROM "Session" s
      JOIN "Membership" m ON m."personId" = s."personId" AND m."roomId" = r.id
      JOIN "Person" p ON p.id = s."personId"
      WHERE s.id = ANY($3::uuid[]) AND ${sessionIsValid.sql}) AS listeners
  FROM "Room" r JOIN "Organization" o ON o.id = r."organizationId" WHERE r.id = $1::uuid`;

export const pull: Pull = async (roomId, from, sessionIds) => {
  const after = Math.min(from, 2_147_483_647);
  const values = [roomId, after, sessionIds];
  const [row] = (await pool().query<Row>({ name: "pull", text: pullSql, values })).rows;
  if (!row) return null;
  const more = row.found > row.rows.length;
  const rows = row.rows.map(parseMessageJson);
  const to = more ? (rows.at(-1)?.changedSeq ?? row.clock) : row.clock;
  const room = row.room && row.room.changedSeq <= to ? parseRoomJson(row.room) : null;
  const versions = { members: row.changedSeq, proof: row.proof };
  return { frame: { roomId, from, to, rows, room }, more, versions, listeners: new Map(row.listeners) };
};
