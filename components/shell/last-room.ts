import type { RoomListItem } from "@/lib/client/hooks/use-room-list";

const key = "parley.room";

/** Storage is refused in some private windows; then one begins in the first room. */
export function rememberRoom(roomId: string) {
  try {
    localStorage.setItem(key, roomId);
  } catch {
    // Nothing depends on it.
  }
}

/** The room to begin in: the last one, else the one that everybody is in, else the first. */
export function firstRoom(rooms: readonly RoomListItem[]): string | null {
  let last: string | null = null;
  try {
    last = localStorage.getItem(key);
  } catch {
    // As above.
  }
  const find = (wanted: (item: RoomListItem) => boolean) => rooms.find(wanted)?.roomId;
  return find((item) => item.roomId === last) ?? find((item) => item.room.joinsEveryone) ?? rooms[0]?.roomId ?? null;
}
