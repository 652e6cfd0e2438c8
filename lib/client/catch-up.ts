import type { Blocks } from "@/lib/contract/block";
import type { MeEvent } from "@/lib/contract/events";
import type { Home, MeChange } from "@/lib/contract/home";
import type { Output } from "@/lib/contract/index";
import type { Organization } from "@/lib/contract/organization-settings";
import type { Preferences } from "@/lib/contract/preferences";
import type { ChosenPresence } from "@/lib/contract/presence";
import type { Room, RoomEntry } from "@/lib/contract/room";
import type { Sidebar } from "@/lib/contract/section";
import type { ThreadFollow } from "@/lib/contract/thread-summary";
import { toBlocked } from "./blocked";
import { newerDrafts, putDraft } from "./draft-state";
import { putInvite, withoutBlocked } from "./room-invites";
import { applyEntry, applyMembership, applySync, putBlocked, putGroupsTick } from "./room-log";
import { createRoom, newerRoom, type RoomState } from "./room-state";
import { type RoomsState, stateFromHome } from "./stores/rooms";
import { applyFollow } from "./threads";

/** The rooms of a `sync` request, each with the membership's `joinedSeq` when the request was sent. */
export type RequestedRooms = Map<string, number>;

/**
 * Applies the answer to a `sync`: first the home (me, my organization and the list of my rooms) or my changes, then each room.
 */
export function applySyncAnswer(state: RoomsState, requested: RequestedRooms, answer: Output<"sync">): RoomsState {
  // If the epoch differs, the database was restored from a backup. The home then replaces the whole state.
  if (answer.epoch !== state.epoch) return answer.home ? stateFromHome(answer.home) : state;
  const next = answer.home ? applyHome(state, answer.home) : applyMyChanges(state, answer.me);
  const rooms = new Map(next.rooms);
  const { organization } = putOrganization(next, answer.organization?.organization ?? null);
  const organizationClock = advanceOrganizationClock(next, answer.organization).organizationClock;
  for (const [id, roomAnswer] of Object.entries(answer.rooms)) {
    const room = rooms.get(id);
    if (!room) continue;
    if (roomAnswer.kind !== "gone") rooms.set(id, applySync(room, roomAnswer));
    // If I have joined the room again since the request, the answer "gone" is stale.
    else if (requested.get(id) === room.membership.joinedSeq) rooms.delete(id);
  }
  return { ...next, organization, organizationClock, rooms };
}

/** Replaces the organization if the received state is newer. */
export function putOrganization(state: RoomsState, organization: Organization | null): RoomsState {
  return organization && organization.tick > state.organization.tick ? { ...state, organization } : state;
}

/**
 * Advances the organization's clock, if `changes` follows it without a gap. This clock counts the changes to the organization and
 * its people. The people are in another store.
 */
export function advanceOrganizationClock(
  state: RoomsState,
  changes: { from: number; to: number } | null | undefined,
): RoomsState {
  if (!changes || changes.from > state.organizationClock || changes.to <= state.organizationClock) return state;
  return { ...state, organizationClock: changes.to };
}

/**
 * Replaces me, the organization and the list of my rooms, if the home is newer. Loaded messages stay. So does the organization's clock,
 * because the home does not say which people have changed.
 */
export function applyHome(state: RoomsState, home: Home): RoomsState {
  if (home.epoch !== state.epoch) return stateFromHome(home);
  if (home.clock <= state.clock) return state;
  const current = putGroups(putBlocks(state, home.blocks), home.groupIds, home.groupsTick);
  const { blocks, blocked, groupIds, groupsTick } = current;
  const rooms = home.rooms.map((entry): [string, RoomState] => [entry.room.id, roomWithEntry(current, entry)]);
  const next = stateFromHome({ ...home, rooms: [] });
  const { organizationClock } = state;
  const organization = newer(state.organization, home.organization);
  const me = newer(state.me, home.me);
  const ours = { organizationClock, organization, me };
  // A home of the previous version may have none of these.
  const sidebar = newer(state.sidebar, home.sidebar);
  const preferences = newer(state.preferences, home.preferences);
  const chosenPresence = newer(state.chosenPresence, home.chosenPresence);
  const invites = withoutBlocked(home.invites, blocked);
  // A home of the previous version has no blocks. Another one might have none either, so it is not requested.
  const homeBlocksTick = home.blocks ? next.homeBlocksTick : blocked.tick;
  const drafts = home.drafts ? newerDrafts(state, next, home.clock) : state.drafts;
  const mine = { sidebar, preferences, chosenPresence, blocks, blocked, homeBlocksTick, invites, drafts };
  return { ...next, ...ours, ...mine, groupIds, groupsTick, rooms: new Map(rooms) };
}

function roomWithEntry(state: RoomsState, entry: RoomEntry): RoomState {
  const current = state.rooms.get(entry.room.id);
  return current ? applyEntry(current, entry) : createRoom(entry, state.me.id, state);
}

export function putEntry(state: RoomsState, entry: RoomEntry): RoomsState {
  return { ...state, rooms: new Map(state.rooms).set(entry.room.id, roomWithEntry(state, entry)) };
}

/** Replaces the room itself if the received state is newer. Its log does not change: frames and `sync` update the log. */
export function putChangedRoom(state: RoomsState, received: Room): RoomsState {
  const current = state.rooms.get(received.id);
  return current ? putRoom(state, { ...current, room: newerRoom(current.room, received) }) : state;
}

/** Replaces the sections of my sidebar if the received state is newer. */
export function putSidebar(state: RoomsState, sidebar: Sidebar): RoomsState {
  return sidebar.tick > state.sidebar.tick ? { ...state, sidebar } : state;
}

/** Replaces my preferences if the received state is newer. */
export function putPreferences(state: RoomsState, preferences: Preferences): RoomsState {
  return preferences.tick > state.preferences.tick ? { ...state, preferences } : state;
}

/** Replaces the people whom I block if the received state is newer. A home of the previous version has none. */
export function putBlocks(state: RoomsState, blocks: Blocks | undefined): RoomsState {
  if (!blocks || blocks.tick <= state.blocked.tick) return state;
  const blocked = toBlocked(blocks);
  const rooms = new Map([...state.rooms].map(([id, room]) => [id, putBlocked(room, blocked)]));
  return { ...state, blocks, blocked, rooms, invites: withoutBlocked(state.invites, blocked) };
}

/** Replaces the groups that I am in if the received state is newer. The previous version sends them without a tick. */
function putGroups(state: RoomsState, groupIds: string[], groupsTick: number | undefined): RoomsState {
  if (groupsTick === undefined) return { ...state, groupIds };
  if (groupsTick <= state.groupsTick) return state;
  const rooms = new Map([...state.rooms].map(([id, room]) => [id, putGroupsTick(room, groupsTick)]));
  return { ...state, groupIds, groupsTick, rooms };
}

/** Replaces what I chose to be seen as, unless the received state is older. A choice that has ended keeps its tick. */
export function putChosenPresence(state: RoomsState, chosenPresence: ChosenPresence): RoomsState {
  return chosenPresence.tick >= state.chosenPresence.tick ? { ...state, chosenPresence } : state;
}

const newer = <Row extends { tick: number }>(current: Row, received: Row | undefined): Row =>
  received && received.tick >= current.tick ? received : current;

export function dropRoom(state: RoomsState, roomId: string): RoomsState {
  const rooms = new Map(state.rooms);
  return rooms.delete(roomId) ? { ...state, rooms } : state;
}

/**
 * Applies my changes, from a `me` event or a `sync`. Ignores changes that are already applied. Also ignores changes that begin
 * after my clock, because there is a gap before them. `sync` then fetches all of them.
 */
export function applyMyChanges(state: RoomsState, myChanges: MeEvent | null): RoomsState {
  if (!myChanges || myChanges.from > state.clock || myChanges.to <= state.clock) return state;
  return applyChanges(state, myChanges.changes, myChanges.to);
}

function applyChanges(state: RoomsState, changes: MeChange[], clock: number): RoomsState {
  return changes.reduce<RoomsState>(
    (current, change) => {
      if (change.type === "entry") return putEntry(current, change.entry);
      if (change.type === "groups") return putGroups(current, change.groupIds, change.tick);
      if (change.type === "sidebar") return putSidebar(current, change.sidebar);
      if (change.type === "presence") return putChosenPresence(current, change.chosenPresence);
      if (change.type === "blocks") return putBlocks(current, change.blocks);
      if (change.type === "preferences") return putPreferences(current, change.preferences);
      if (change.type === "gone") return dropRoom(current, change.roomId);
      if (change.type === "draft") return putDraft(current, change.draft);
      if (change.type === "invite") return putInvite(current, change.invite);
      if (change.type === "thread") return putFollow(current, change.follow);
      // A newer server may send other types. The page offers to reload then.
      if (change.type !== "read") return current;
      const room = current.rooms.get(change.membership.roomId);
      return room ? putRoom(current, applyMembership(room, change.membership)) : current;
    },
    { ...state, clock },
  );
}

export function putFollow(state: RoomsState, follow: ThreadFollow): RoomsState {
  const room = state.rooms.get(follow.roomId);
  return room ? putRoom(state, applyFollow(room, follow)) : state;
}

export function putRoom(state: RoomsState, room: RoomState): RoomsState {
  if (state.rooms.get(room.roomId) === room) return state;
  return { ...state, rooms: new Map(state.rooms).set(room.roomId, room) };
}
