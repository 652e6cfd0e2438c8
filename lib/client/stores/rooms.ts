import { createStore } from "zustand/vanilla";
import type { Home } from "@/lib/contract/home";
import { createRoom, type RoomState } from "../room-state";

/** Me, my organization, the state of each of my rooms, and the room invites that wait for my answer. */
export interface RoomsState extends Omit<Home, "rooms" | "people"> {
  rooms: ReadonlyMap<string, RoomState>;
  /** My clock at the last change of an invite that I sent. When it changes, the list of sent invites is loaded again. */
  sentInvitesTick: number;
}

export function stateFromHome(home: Home): RoomsState {
  const { rooms, people: _, ...rest } = home;
  return {
    ...rest,
    rooms: new Map(rooms.map((entry) => [entry.room.id, createRoom(entry, home.me.id)])),
    sentInvitesTick: home.clock,
  };
}

export const createRoomsStore = (home: Home) => createStore<RoomsState>(() => stateFromHome(home));
export type RoomsStore = ReturnType<typeof createRoomsStore>;
