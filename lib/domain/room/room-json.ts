import type { Room } from "@/lib/contract/room";
import { Prisma } from "@/lib/server/db";

/** SQL: room `r` as JSON, in the shape of `toRoom` except that times are Postgres' text. */
export const roomJson = Prisma.sql`json_build_object(
  'id', r.id, 'kind', r.kind, 'access', r.access, 'name', r.name, 'topic', r.topic, 'description', r.description,
  'postingPolicy', r."postingPolicy", 'joinsEveryone', r."joinsEveryone",
  'groupIds', (SELECT coalesce(json_agg(g."groupId"), '[]') FROM "RoomGroup" g WHERE g."roomId" = r.id),
  'memberCount', (SELECT count(*)::int FROM "Membership" c WHERE c."roomId" = r.id),
  'changedSeq', r."changedSeq", 'archivedAt', r."archivedAt", 'createdAt', r."createdAt")`;

export function parseRoomJson(room: Room): Room {
  return {
    ...room,
    archivedAt: room.archivedAt && new Date(room.archivedAt).toISOString(),
    createdAt: new Date(room.createdAt).toISOString(),
  };
}
