import { createStore } from "zustand/vanilla";
import type { Home } from "@/lib/contract/home";
import { createRoom, type RoomState } from "../room-state";

/** Me, my organization, and the state of each of my rooms. */
export interface RoomsState extends Omit<Home, "rooms" | "people"> {
  rooms: ReadonlyMap<string, RoomState>;
}

export function stateFromHome(home: Home): RoomsState {
  const { rooms, people: _, ...rest } = home;
  return { ...rest, rooms: new Map(rooms.map((entry) => [entry.room.id, createRoom(entry, home.me.id)])) };
}

export const createRoomsStore = (home: Home) => createStore<RoomsState>(() => stateFromHome(home));
export type RoomsStore = ReturnType<typeof createRoomsStore>;
