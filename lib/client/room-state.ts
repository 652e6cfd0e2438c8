import type { Message } from "@/lib/contract/message";
import type { Frame } from "@/lib/contract/events";
import type { Membership, Room, RoomEntry } from "@/lib/contract/room";
import type { LogWindow, Range } from "./ranges";
import { type Unread, unreadFromEntry } from "./unread";

/** The client's state of one room that I am in. Immutable. */
export interface RoomState {
  roomId: string;
  /** My own messages are never unread. */
  meId: string;
  room: Room;
  membership: Membership;
  /** The room's clock: all changes up to this value are in this state. */
  clock: number;
  /** What is loaded of the log, in order. No two ranges overlap or touch, so that each message is held once. */
  ranges: readonly Range[];
  /** What the screen shows, or showed last, of one of the ranges; null while it is not loaded. */
  window: LogWindow | null;
  /** Whether the window is loaded. */
  loaded: "no" | "loading" | "yes" | "error";
  unread: Unread;
  /** The `seq` of my newest known message; 0 if there is none. */
  ownSeq: number;
  /** A read position that the server has not confirmed; 0 if there is none. */
  pendingReadSeq: number;
  /** The latest deleted messages. An entry that was read before may still list them as unread. */
  deletions: readonly Message[];
  lastMessage: Message | null;
  /** The pages that were requested and have not arrived. */
  awaitedPages: readonly AwaitedPage[];
  /** Frames that begin after the clock, kept until the gap before them is filled. */
  earlyFrames: readonly Frame[];
}

/** Which page of a log: the newest, or the one before, after or around a place. */
export type PageQuery = { before: number } | { after: number } | { around: number } | { newest: true };

export interface AwaitedPage {
  /** The same object is given to `applyPage`. */
  query: PageQuery;
  /** The room's clock at the request. A page of an earlier clock could lack rows of frames that were applied before. */
  clockAtRequest: number;
  /** The window shows this page when it arrives. */
  showOnArrival: boolean;
  /** Rows that arrived since the request and may be newer than the page. */
  rows: readonly Message[];
}

export function createRoom(entry: RoomEntry, meId: string): RoomState {
  return {
    roomId: entry.room.id,
    meId,
    room: entry.room,
    membership: entry.membership,
    clock: entry.clock,
    ranges: [],
    window: null,
    loaded: "no",
    unread: unreadFromEntry(entry),
    ownSeq: 0,
    pendingReadSeq: 0,
    deletions: [],
    lastMessage: entry.lastMessage,
    awaitedPages: [],
    earlyFrames: [],
  };
}

/** Whether frames were missed, so that this room needs a `sync`. */
export function isBehind(state: RoomState): boolean {
  return state.earlyFrames.length > 0;
}

/** The newer of two states of the room itself. */
export function newerRoom(current: Room, received: Room | null): Room {
  return received && received.changedSeq > current.changedSeq ? received : current;
}

/**
 * The newer of two states of my membership, of which one is in the state. My own messages and a position that was not sent yet
 * move the read position, too.
 */
export function mergeMembership({ membership, ownSeq, pendingReadSeq }: RoomState, received: Membership): Membership {
  if (received.joinedSeq !== membership.joinedSeq)
    return received.joinedSeq > membership.joinedSeq ? received : membership;
  if (received.tick < membership.tick) return membership;
  const isNewer = received.tick > membership.tick;
  const lastReadSeq = Math.max(
    received.lastReadSeq,
    pendingReadSeq,
    ownSeq > received.readAtSeq ? ownSeq : 0,
    isNewer ? 0 : membership.lastReadSeq,
  );
  if (!isNewer && received.role === membership.role && lastReadSeq === membership.lastReadSeq) return membership;
  return { ...received, lastReadSeq };
}
