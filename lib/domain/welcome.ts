import { toChosenPresence } from "@/lib/domain/presence/chosen";
import { sessionIsValid } from "@/lib/server/actor";
import { pool } from "@/lib/server/pool";
import { batchLookups } from "@/lib/server/batches";
import { once } from "@/lib/server/once";
import type { Domain, Welcome } from "@/lib/server/socket";

/**
 * What new sockets need: the epoch, the person's clock, what they chose to be seen as, and the clocks of their rooms and their
 * organization. All values are from one snapshot. Sessions that are not valid are left out.
 */
const welcomesSql = `
  SELECT s.id AS "sessionId", o.epoch, coalesce(mine.clock, 1) AS clock, coalesce(mine.presence, 'auto') AS presence,
    mine."presenceUntil", coalesce(mine."presenceTick", 0) AS "presenceTick", coalesce((
    SELECT l.clock FROM "OrganizationLog" l WHERE l."organizationId" = o.id), 0) AS "organizationClock", coalesce((
    SELECT json_agg(json_build_object('id', r.id, 'clock', r.clock))
    FROM "Membership" m JOIN "Room" r ON r.id = m."roomId" WHERE m."personId" = p.id), '[]') AS rooms
  FROM "Session" s JOIN "Person" p ON p.id = s."personId" JOIN "Organization" o ON o.id = p."organizationId"
  LEFT JOIN "PersonLog" mine ON mine."personId" = p.id
  WHERE s.id = ANY($1::uuid[]) AND ${sessionIsValid.sql}`;

type Row = Omit<Welcome, "chosen"> & { sessionId: string } & Exclude<Parameters<typeof toChosenPresence>[0], null>;

async function findWelcomes(sessionIds: string[]): Promise<Map<string, Welcome>> {
  const { rows } = await pool().query<Row>({
    name: "welcomes",
    text: welcomesSql,
    values: [sessionIds],
  });
  return new Map(rows.map(toWelcome));
}

function toWelcome({ sessionId, epoch, clock, organizationClock, rooms, ...log }: Row): [string, Welcome] {
  return [sessionId, { epoch, clock, organizationClock, rooms, chosen: toChosenPresence(log) }];
}

export const welcome: Domain["welcome"] = ({ sessionId }) =>
  once("welcome", () => batchLookups(findWelcomes))(sessionId);
