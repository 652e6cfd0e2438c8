import { createStore } from "zustand/vanilla";
import type { Home } from "@/lib/contract/home";
import { type Blocked, toBlocked } from "../blocked";
import { createRoom, type RoomState } from "../room-state";

/** Me, my organization, the state of each of my rooms, and the room invites that wait for my answer. */
export interface RoomsState extends Omit<Home, "rooms" | "people"> {
  rooms: ReadonlyMap<string, RoomState>;
  /** The people of `blocks`. */
  blocked: Blocked;
  /** The tick of the `blocks` with which the home was read. If it is another one, the home must be requested. */
  homeBlocksTick: number;
  /** My clock at the last change of an invite that I sent. When it changes, the list of sent invites is loaded again. */
  sentInvitesTick: number;
}

export function stateFromHome(home: Home): RoomsState {
  const { rooms, people: _, ...rest } = home;
  const blocked = toBlocked(home.blocks);
  return {
    ...rest,
    blocked,
    homeBlocksTick: blocked.tick,
    rooms: new Map(rooms.map((entry) => [entry.room.id, createRoom(entry, home.me.id, blocked)])),
    sentInvitesTick: home.clock,
  };
}

/**
 * Whether unread messages, last messages or invites may be wrong, because I blocked or unblocked somebody. Another home corrects
 * them.
 */
export const needsHome = ({ blocked, homeBlocksTick, rooms }: RoomsState): boolean =>
  homeBlocksTick !== blocked.tick || [...rooms.values()].some(({ staleUpTo }) => staleUpTo !== null);

export const createRoomsStore = (home: Home) => createStore<RoomsState>(() => stateFromHome(home));
export type RoomsStore = ReturnType<typeof createRoomsStore>;
