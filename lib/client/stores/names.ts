import { createStore } from "zustand/vanilla";
import type { Folded } from "@/lib/contract/find";
import type { Group } from "@/lib/contract/group";
import type { NamedPerson } from "@/lib/contract/person";

/** The texts by which something is found, prepared for searches at every key: the name, then the handle. */
type Findable = { readonly texts: readonly [name: Folded, handle: Folded] };
export type KnownPerson = NamedPerson & Findable;
export type KnownGroup = Group & Findable;

/** The people of a room. */
export interface RoomPeople {
  /** The room's `changedSeq` when its people were asked for. */
  changedSeq: number;
  ids: ReadonlySet<string>;
}

export interface NamesState {
  /** The people whom I may see and who can sign in, by id. */
  people: ReadonlyMap<string, KnownPerson>;
  /** Whether `people` has all of them. */
  isComplete: boolean;
  groups: readonly KnownGroup[];
  /** The people of the rooms in which I wrote last, by the room's id. */
  rooms: ReadonlyMap<string, RoomPeople>;
}

export const noNames: NamesState = { people: new Map(), isComplete: false, groups: [], rooms: new Map() };

export const createNamesStore = () => createStore<NamesState>(() => noNames);
