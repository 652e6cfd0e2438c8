import type { RoomListItem } from "@/lib/client/hooks/use-room-list";

const storageKey = (personId: string) => `parley.rooms.${personId}`;
const maxRooms = 50;

/** Stores the room as the last visited one. Stores nothing if the browser refuses storage, as in some private windows. */
export function rememberRoom(personId: string, roomId: string) {
  try {
    const others = recentRooms(personId).filter((id) => id !== roomId);
    localStorage.setItem(storageKey(personId), JSON.stringify([roomId, ...others].slice(0, maxRooms)));
  } catch {
    // The browser refuses storage.
  }
}

/** The ids of the rooms that a person visited in this browser, the most recent first. */
export function recentRooms(personId: string): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey(personId)) ?? "[]");
    return Array.isArray(stored) ? stored.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}

/**
 * The room that the start page opens: the last visited one, else the one that everybody joins, else the first of the list.
 */
export function firstRoom(personId: string, rooms: readonly RoomListItem[]): string | null {
  const myRoomIds = new Set(rooms.map((item) => item.roomId));
  const last = recentRooms(personId).find((roomId) => myRoomIds.has(roomId));
  return last ?? rooms.find((item) => item.room.joinsEveryone)?.roomId ?? rooms[0]?.roomId ?? null;
}
