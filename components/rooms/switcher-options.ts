import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { close, type Found, findIn, isSameName } from "@/lib/contract/find";
import { withoutPrefix } from "@/lib/contract/fold";
import { limits } from "@/lib/contract/limits";
import type { Room } from "@/lib/contract/room";
import { roomName } from "./room-name";

const most = 50;
/** Where nothing was asked for yet: what is drawn with the dialog has to be there at once. */
const mostUnasked = 20;
const mostToJoin = 5;
const inAsWritten: Found = { rank: 0, marks: [] };

/** A room in the switcher, with the parts of its name that were found. */
export type RoomOption = { item: RoomListItem; found: Found };

/**
 * My rooms that a query finds, the best first. Where the query does not decide, and without one: what has something unread,
 * then where I was lately, then by name; what is archived comes last.
 */
export function findRooms(
  rooms: readonly RoomListItem[],
  query: string,
  { currentId, recent }: { currentId: string | null; recent: readonly string[] },
): RoomOption[] {
  const visits = new Map(recent.map((roomId, at) => [roomId, at]));
  const visit = ({ roomId }: RoomListItem) => visits.get(roomId) ?? recent.length;
  const sorted = rooms.toSorted(
    (a, b) =>
      Number(a.room.archivedAt !== null) - Number(b.room.archivedAt !== null) ||
      Number(b.unread > 0) - Number(a.unread > 0) ||
      visit(a) - visit(b),
  );
  if (query.trim()) return findIn(sorted, query, ({ room }) => [roomName(room)]).slice(0, most);
  const others = sorted.filter(({ roomId }) => roomId !== currentId);
  return others.slice(0, mostUnasked).map((item) => ({ item, found: inAsWritten }));
}

/** Of rooms that I may join, the few best. What was found for an earlier query is looked through again. */
export function findJoinable(rooms: readonly Room[], query: string): { item: Room; found: Found }[] {
  return query.trim() ? findIn(rooms, query, (room) => [roomName(room)]).slice(0, mostToJoin) : [];
}

/** The name of the room that would be made, when nothing that is known is called so already. */
export function newRoomName(query: string, known: readonly Pick<Room, "name">[]): string | null {
  const name = withoutPrefix(query).slice(0, limits.name).trim();
  if (!name || known.some((room) => room.name !== null && isSameName(room.name, name))) return null;
  return name;
}

/** Whether nothing was found as it was typed. */
export function isClose(options: readonly RoomOption[]): boolean {
  return (options[0]?.found.rank ?? 0) >= close;
}
