import { pool } from "@/lib/server/pool";
import type { FindPeopleSharingRoom } from "@/lib/server/presence-of-guest";

const sharingRoomSql = `
  SELECT DISTINCT theirs."personId" AS id FROM "Membership" mine
  JOIN "Membership" theirs ON theirs."roomId" = mine."roomId"
  WHERE mine."personId" = $1::uuid AND theirs."personId" = ANY($2::uuid[])`;

/** Finds the people among `others` who share a room with this person. */
export const findPeopleSharingRoom: FindPeopleSharingRoom = async (personId, others) => {
  if (others.length === 0) return new Set();
  const { rows } = await pool().query<{ id: string }>({
    name: "same-rooms",
    text: sharingRoomSql,
    values: [personId, others],
  });
  return new Set(rows.map(({ id }) => id));
};
