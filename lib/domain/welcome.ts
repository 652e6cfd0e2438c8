import { sessionIsValid } from "@/lib/server/actor";
import { pool } from "@/lib/server/pool";
import { batchLookups } from "@/lib/server/gather";
import { once } from "@/lib/server/once";
import type { Domain, Welcome } from "@/lib/server/socket";

/**
 * What new sockets need: the epoch, the person's clock, and the clocks of their rooms and their organization. All values are from
 * one snapshot. Sessions that are not valid are left out.
 */
const welcomesSql = `
  SELECT s.id AS "sessionId", o.epoch, coalesce((SELECT l.clock FROM "PersonLog" l WHERE l."personId" = p.id), 1) AS clock,
    coalesce((
    SELECT l.clock FROM "OrganizationLog" l WHERE l."organizationId" = o.id), 0) AS "organizationClock", coalesce((
    SELECT json_agg(json_build_object('id', r.id, 'clock', r.clock))
    FROM "Membership" m JOIN "Room" r ON r.id = m."roomId" WHERE m."personId" = p.id), '[]') AS rooms
  FROM "Session" s JOIN "Person" p ON p.id = s."personId" JOIN "Organization" o ON o.id = p."organizationId"
  WHERE s.id = ANY($1::uuid[]) AND ${sessionIsValid.sql}`;

async function findWelcomes(sessionIds: string[]): Promise<Map<string, Welcome>> {
  const { rows } = await pool().query<Welcome & { sessionId: string }>({
    name: "welcomes",
    text: welcomesSql,
    values: [sessionIds],
  });
  return new Map(rows.map(({ sessionId, ...welcome }) => [sessionId, welcome]));
}

export const welcome: Domain["welcome"] = ({ sessionId }) =>
  once("welcome", () => batchLookups(findWelcomes))(sessionId);
