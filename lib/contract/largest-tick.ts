/** The largest tick, which is the largest integer of Postgres. Hidden up to it, a room stays hidden. */
export const largestTick = 2_147_483_647;
