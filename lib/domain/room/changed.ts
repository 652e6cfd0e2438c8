import { pool } from "@/lib/server/pool";
import type { FindChanged } from "@/lib/server/personal";

const changedRoomsSql = `
  SELECT r.id FROM unnest($1::uuid[], $2::int[]) AS sent(id, clock)
  JOIN "Room" r ON r.id = sent.id WHERE r.clock > sent.clock`;
const changedOrganizationsSql = `
  SELECT l."organizationId" AS id FROM unnest($1::uuid[], $2::int[]) AS sent(id, clock)
  JOIN "OrganizationLog" l ON l."organizationId" = sent.id WHERE l.clock > sent.clock`;
const changedPeopleSql = `
  SELECT p."personId" AS id, p.clock, coalesce((
    SELECT json_agg(json_build_object('id', r.id, 'clock', r.clock))
    FROM "Membership" m JOIN "Room" r ON r.id = m."roomId" WHERE m."personId" = p."personId"), '[]') AS rooms
  FROM unnest($1::uuid[], $2::int[]) AS sent(id, clock)
  JOIN "PersonLog" p ON p."personId" = sent.id WHERE p.clock > sent.clock`;

/** Takes three statements, however many logs there are. */
export const findChanged: FindChanged = async ({ rooms, people, organizations }) => {
  const query = async <R extends object>(name: string, text: string, clocks: Map<string, number>) =>
    (await pool().query<R>({ name, text: text, values: [[...clocks.keys()], [...clocks.values()]] })).rows;
  const changedRooms = await query<{ id: string }>("changed-rooms", changedRoomsSql, rooms);
  const changedPeople = await query<{ id: string; clock: number; rooms: { id: string; clock: number }[] }>(
    "changed-people",
    changedPeopleSql,
    people,
  );
  const changedOrganizations = await query<{ id: string }>(
    "changed-organizations",
    changedOrganizationsSql,
    organizations,
  );
  return {
    roomIds: changedRooms.map(({ id }) => id),
    people: changedPeople,
    organizationIds: changedOrganizations.map(({ id }) => id),
  };
};
