import { pool } from "@/lib/server/pool";
import type { FindMoved } from "@/lib/server/personal";

const roomsText = `
  SELECT r.id FROM unnest($1::uuid[], $2::int[]) AS known(id, clock)
  JOIN "Room" r ON r.id = known.id WHERE r.clock > known.clock`;
const peopleText = `
  SELECT p.id, p.clock, coalesce((
    SELECT json_agg(json_build_object('id', r.id, 'clock', r.clock))
    FROM "Membership" m JOIN "Room" r ON r.id = m."roomId" WHERE m."personId" = p.id), '[]') AS rooms
  FROM unnest($1::uuid[], $2::int[]) AS known(id, clock)
  JOIN "Person" p ON p.id = known.id WHERE p.clock > known.clock`;

/** Two statements, however many rooms and people there are. Usually hardly any have changed. */
export const findMoved: FindMoved = async (rooms, people) => {
  const ask = async <R extends object>(name: string, text: string, known: Map<string, number>) =>
    (await pool().query<R>({ name, text, values: [[...known.keys()], [...known.values()]] })).rows;
  const moved = await ask<{ id: string }>("moved-rooms", roomsText, rooms);
  const changed = await ask<{ id: string; clock: number; rooms: { id: string; clock: number }[] }>(
    "moved-people",
    peopleText,
    people,
  );
  return { roomIds: moved.map(({ id }) => id), people: changed };
};
