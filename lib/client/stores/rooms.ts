import { createStore } from "zustand/vanilla";
import type { Draft } from "@/lib/contract/draft";
import type { Home } from "@/lib/contract/home";
import { type Blocked, toBlocked } from "../blocked";
import { placeOf } from "../draft-places";
import { createRoom, type RoomState } from "../room-state";

/** Me, my organization, the state of each of my rooms, my drafts, and the room invites that wait for my answer. */
export interface RoomsState extends Omit<Home, "rooms" | "people" | "drafts"> {
  rooms: ReadonlyMap<string, RoomState>;
  /** My drafts as the server has them, by their composer's place: their beginnings. One that was removed is empty. */
  drafts: ReadonlyMap<string, Draft>;
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
  // A home of the previous version has none.
  const groupsTick = (home as Partial<Home>).groupsTick ?? 0;
  return {
    ...rest,
    groupsTick,
    // A home of the previous version has none.
    drafts: new Map(home.drafts?.map((draft) => [placeOf(draft), draft])),
    blocked,
    homeBlocksTick: blocked.tick,
    rooms: new Map(rooms.map((entry) => [entry.room.id, createRoom(entry, home.me.id, { blocked, groupsTick })])),
    sentInvitesTick: home.clock,
  };
}

/**
 * Whether unread messages, last messages or invites may be wrong, because I blocked or unblocked somebody, or my groups changed. Another home corrects
 * them.
 */
export const needsHome = ({ blocked, homeBlocksTick, rooms }: RoomsState): boolean =>
  homeBlocksTick !== blocked.tick || [...rooms.values()].some(({ staleUpTo }) => staleUpTo !== null);

export const createRoomsStore = (home: Home) => createStore<RoomsState>(() => stateFromHome(home));
export type RoomsStore = ReturnType<typeof createRoomsStore>;
