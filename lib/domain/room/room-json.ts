import { Room } from "@/lib/contract/room";
import { declareRowKind } from "@/lib/domain/row-kind";
import { Prisma } from "@/lib/server/db";

const roomKind = declareRowKind(Room, "r", {
  groupIds: `(SELECT coalesce(json_agg(g."groupId"), '[]') FROM "RoomGroup" g WHERE g."roomId" = r.id)`,
  memberCount: `(SELECT count(*)::int FROM "Membership" c WHERE c."roomId" = r.id AND c."isCounted")`,
});

/** SQL: room `r` as JSON, like the contract's `Room`, but with times in the format of Postgres. `parseRoomJson` converts them. */
export const roomJson = Prisma.sql`(SELECT row_to_json(x) FROM (SELECT ${roomKind.columns}) x)`;
export const { fromRow: rowToRoom, fromJson: parseRoomJson } = roomKind;
