import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { match } from "./match";
import { roomName } from "./room-name";

const most = 50;

/** One room in the switcher, with the part of its name that was found. */
export type RoomOption = { item: RoomListItem; found: { at: number; length: number } | null };

/** My rooms that a query finds, the best first; without one those with something unread, then the rest by name. */
export function findRooms(rooms: readonly RoomListItem[], query: string, currentId: string | null): RoomOption[] {
  const wanted = query.trim().replace(/^#/, "");
  if (!wanted) {
    const others = rooms.filter((item) => item.roomId !== currentId);
    return others
      .toSorted((a, b) => Number(b.unread > 0) - Number(a.unread > 0))
      .slice(0, most)
      .map((item) => ({ item, found: null }));
  }
  return rooms
    .flatMap((item) => {
      const found = match(roomName(item.room), wanted);
      return found ? [{ item, found: { at: found.at, length: wanted.length }, rank: found.rank }] : [];
    })
    .toSorted((a, b) => a.rank - b.rank || Number(b.item.unread > 0) - Number(a.item.unread > 0))
    .slice(0, most);
}
