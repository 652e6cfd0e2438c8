import { idleMs } from "@/lib/server/actor";
import { pool } from "@/lib/server/db";
import type { Domain } from "@/lib/server/socket";

/**
 * What a new socket is told first, the rooms it should be asked about, and the person's own clock, all of one moment
 * at which the login is good; null when it is not.
 */
const text = `
  SELECT o.epoch, p.clock, coalesce((
    SELECT json_agg(json_build_object('id', r.id, 'clock', r.clock))
    FROM "Membership" m JOIN "Room" r ON r.id = m."roomId" WHERE m."personId" = p.id), '[]') AS rooms
  FROM "Session" s JOIN "Person" p ON p.id = s."personId" JOIN "Organization" o ON o.id = p."organizationId"
  WHERE s.id = $1::uuid AND s."revokedAt" IS NULL AND s."expiresAt" > now()
    AND s."lastUsedAt" > now() - $2 * interval '1 millisecond' AND p."deactivatedAt" IS NULL`;

interface Row {
  epoch: string;
  clock: number;
  rooms: { id: string; clock: number }[];
}

export const welcome: Domain["welcome"] = async ({ sessionId }) => {
  const { rows } = await pool().query<Row>({ name: "welcome", text, values: [sessionId, idleMs] });
  return rows[0] ?? null;
};
