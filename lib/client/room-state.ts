import type { Message } from "@/lib/contract/message";
import type { Frame } from "@/lib/contract/events";
import type { Membership, Room, RoomEntry } from "@/lib/contract/room";
import { type Unread, unreadOf } from "./unread";

/** The client's state of one room that I am in. Immutable. */
export interface RoomState {
  roomId: string;
  /** My own messages are never unread. */
  meId: string;
  room: Room;
  membership: Membership;
  /** The room's clock: all changes up to this value are in this state. */
  clock: number;
  /** The newest part of the log: every message whose `seq` is at least `floor`, in that order. */
  messages: readonly Message[];
  /** Infinity while nothing is loaded. */
  floor: number;
  hasBefore: boolean;
  loaded: "no" | "loading" | "yes" | "error";
  unread: Unread;
  lastMessage: Message | null;
  /** Set while a page is loading. `before` is its cursor, `since` the clock at the request, `rows` all that arrived since. */
  awaiting: { before: number | null; since: number; rows: readonly Message[] } | null;
  /** Frames that begin after the clock, kept until the gap before them is filled. */
  early: readonly Frame[];
  /** How many messages may stay in memory. */
  capacity: number;
}

/** How many messages stay in memory if nobody scrolls back. */
export const usualCapacity = 600;

export function createRoom(entry: RoomEntry, meId: string): RoomState {
  return {
    roomId: entry.room.id,
    meId,
    room: entry.room,
    membership: entry.membership,
    clock: entry.clock,
    messages: [],
    floor: Number.POSITIVE_INFINITY,
    hasBefore: true,
    loaded: "no",
    unread: unreadOf(entry),
    lastMessage: entry.lastMessage,
    awaiting: null,
    early: [],
    capacity: usualCapacity,
  };
}

/** Whether frames were missed, so that this room needs a `sync`. */
export function isBehind(state: RoomState): boolean {
  return state.early.length > 0;
}

/** The newer of two states of the room itself. */
export function newerRoom(current: Room, received: Room | null): Room {
  return received && received.changedSeq > current.changedSeq ? received : current;
}

/** The newer of two memberships. Its read position only moves forward, unless the person left and joined again. */
export function mergeMembership(current: Membership, received: Membership): Membership {
  if (received.joinedSeq !== current.joinedSeq) return received.joinedSeq > current.joinedSeq ? received : current;
  if (received.role === current.role && received.lastReadSeq <= current.lastReadSeq) return current;
  return { ...received, lastReadSeq: Math.max(current.lastReadSeq, received.lastReadSeq) };
}
