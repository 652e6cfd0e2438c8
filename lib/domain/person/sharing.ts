import { pool } from "@/lib/server/pool";
import type { FindSharing } from "@/lib/server/presence-broadcast";

const text = `
  SELECT DISTINCT theirs."personId" AS id FROM "Membership" mine
  JOIN "Membership" theirs ON theirs."roomId" = mine."roomId"
  WHERE mine."personId" = $1::uuid AND theirs."personId" = ANY($2::uuid[])`;

/** Of these people, those who share a room with this person. */
export const findSharing: FindSharing = async (personId, others) => {
  if (others.length === 0) return new Set();
  const { rows } = await pool().query<{ id: string }>({ name: "sharing", text, values: [personId, others] });
  return new Set(rows.map(({ id }) => id));
};
