import type { Message } from "@/lib/contract/message";
import type { Frame } from "@/lib/contract/events";
import type { Membership, Room, RoomEntry } from "@/lib/contract/room";
import { type Unread, unreadOf } from "./unread";

/** What the browser knows of one room of mine. Never changed in place. */
export interface RoomState {
  roomId: string;
  /** Who looks: my own messages are never unread. */
  meId: string;
  room: Room;
  membership: Membership;
  /** Everything up to this tick of the room's log is in this state. */
  clock: number;
  /** The newest part of the log without gaps, by `seq`: every message whose `seq` is at least `floor`. */
  messages: readonly Message[];
  /** Infinity while nothing is loaded. */
  floor: number;
  hasBefore: boolean;
  loaded: "no" | "loading" | "yes" | "error";
  unread: Unread;
  lastMessage: Message | null;
  /** While a page is on its way: what frames told of places below `floor`, which the page may not know yet. */
  awaiting: { before: number | null; since: number; rows: readonly Message[] } | null;
  /** Frames beyond the clock, kept until what lies between has come. Not empty: something was missed. */
  early: readonly Frame[];
  /** How many messages may stay in memory. */
  capacity: number;
}

/** As many as are kept of a room that nobody scrolls back in. */
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

/** Something was missed: ask `sync` about this room. */
export function isBehind(state: RoomState): boolean {
  return state.early.length > 0;
}

/** Of two readings of the room itself the one of the later tick. */
export function newerRoom(known: Room, heard: Room | null): Room {
  return heard && heard.changedSeq > known.changedSeq ? heard : known;
}

/** A read position only moves forward, except that whoever left and came back starts anew. */
export function mergeMembership(known: Membership, heard: Membership): Membership {
  if (heard.joinedSeq !== known.joinedSeq) return heard.joinedSeq > known.joinedSeq ? heard : known;
  if (heard.role === known.role && heard.lastReadSeq <= known.lastReadSeq) return known;
  return { ...heard, lastReadSeq: Math.max(known.lastReadSeq, heard.lastReadSeq) };
}
