import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { isListed } from "@/lib/client/room-list";
import { inexactFrom, type Found, findIn, isSameName } from "@/lib/contract/find";
import { withoutPrefix } from "@/lib/contract/fold";
import { limits } from "@/lib/contract/limits";
import type { Person } from "@/lib/contract/person";
import type { Room } from "@/lib/contract/room";
import { roomName } from "./room-name";

const maxFound = 50;
/** The maximum number of rooms without a query. Kept low so that the dialog opens at once. */
const maxWithoutQuery = 20;
const maxJoinable = 5;
/** The match of a room that is listed without a query. */
const noMatch: Found = { rank: 0, marks: [] };

/** A room or a person in the switcher, and which parts of its name match the query. */
export type MyOption = { item: RoomListItem | Person; found: Found };

export const isRoom = (item: RoomListItem | Person): item is RoomListItem => "roomId" in item;

interface Given {
  currentId: string | null;
  recent: readonly string[];
  /** The texts by which something is found. Only parts of the first one are marked. */
  textsOf?: (item: RoomListItem | Person) => string[];
}
const namesOf = (item: RoomListItem | Person) => [isRoom(item) ? roomName(item.room) : item.name];

/**
 * My rooms, and the people, that match a query, best match first, without conversations with people whom I block. Without a query,
 * all my rooms except the current one. Among equal matches, active rooms come before archived ones, then unread before read, then
 * the most recently visited. The rest keeps the order of `rooms` and `people`. After a # there are no conversations and people,
 * after an @ nothing else.
 */
export function findRoomsAndPeople(
  rooms: readonly RoomListItem[],
  people: readonly Person[],
  query: string,
  { currentId, recent, textsOf = namesOf }: Given,
): MyOption[] {
  const [sign] = query.trim();
  const recency = new Map(recent.map((roomId, index) => [roomId, index]));
  const recencyOf = ({ roomId }: RoomListItem) => recency.get(roomId) ?? recent.length;
  const sorted = rooms
    .filter(({ isWithBlockedOnly }) => !isWithBlockedOnly)
    .toSorted(
      (a, b) =>
        Number(a.room.archivedAt !== null) - Number(b.room.archivedAt !== null) ||
        Number(b.unread > 0) - Number(a.unread > 0) ||
        recencyOf(a) - recencyOf(b),
    );
  if (sign) {
    const wanted = [...sorted, ...people].filter((item) => {
      const isChannel = isRoom(item) && item.room.kind === "channel";
      return (sign !== "#" || isChannel) && (sign !== "@" || !isChannel);
    });
    return findIn(wanted, query, textsOf).slice(0, maxFound);
  }
  const others = sorted.filter((item) => item.roomId !== currentId && isListed(item));
  return others.slice(0, maxWithoutQuery).map((item) => ({ item, found: noMatch }));
}

/** The best matches among rooms that I may join. `rooms` may still be the result of an earlier query. */
export function findJoinable(rooms: readonly Room[], query: string): { item: Room; found: Found }[] {
  return query.trim() ? findIn(rooms, query, (room) => [roomName(room)]).slice(0, maxJoinable) : [];
}

/** The name for a new room, or null if the query is empty or one of `rooms` already has that name. */
export function newRoomName(query: string, rooms: readonly Pick<Room, "name">[]): string | null {
  const name = withoutPrefix(query).slice(0, limits.name).trim();
  if (!name || rooms.some((room) => room.name !== null && isSameName(room.name, name))) return null;
  return name;
}

/** Whether all matches are inexact, such as for a query with a typing error. */
export function areInexact(options: readonly MyOption[]): boolean {
  return (options[0]?.found.rank ?? 0) >= inexactFrom;
}
