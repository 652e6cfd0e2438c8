import type { RoomListItem } from "@/lib/client/hooks/use-room-list";

const storageKey = "parley.rooms";
const maxRooms = 50;

/** Stores the room as the last one visited. In private windows that refuse storage, nothing is stored. */
export function rememberRoom(roomId: string) {
  try {
    const others = recentRooms().filter((id) => id !== roomId);
    localStorage.setItem(storageKey, JSON.stringify([roomId, ...others].slice(0, maxRooms)));
  } catch {
    // The browser refuses storage.
  }
}

/** The ids of the rooms visited last, the latest first. */
export function recentRooms(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "[]");
    return Array.isArray(stored) ? stored.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}

/**
 * The room that opens first: the last one visited, otherwise the one that everybody joins, otherwise the first of the list.
 */
export function firstRoom(rooms: readonly RoomListItem[]): string | null {
  const myRoomIds = new Set(rooms.map((item) => item.roomId));
  const last = recentRooms().find((roomId) => myRoomIds.has(roomId));
  return last ?? rooms.find((item) => item.room.joinsEveryone)?.roomId ?? rooms[0]?.roomId ?? null;
}
