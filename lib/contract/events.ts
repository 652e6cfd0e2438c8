import type { Answer } from "./errors";
import type { Input, OperationName, Output } from "./index";
import type { Message } from "./message";
import type { Person } from "./person";
import type { PresenceState } from "./presence";
import type { Membership, Room, RoomEntry } from "./room";

/**
 * Everything of a room's log whose `changedSeq` is in `(from, to]`, as whole states. It applies when
 * `from <= clock < to`; `from > clock` means that something was missed: ask `sync`.
 */
export interface Frame {
  roomId: string;
  from: number;
  to: number;
  rows: Message[];
  /** The room itself, when it or its members changed in this span. */
  room: Room | null;
}

/** A change that concerns only me. */
export type MeChange =
  | { type: "entry"; entry: RoomEntry }
  | { type: "gone"; roomId: string }
  | { type: "read"; membership: Membership };

/** Changes of mine at one tick of my own clock. A tick that is not the next one, or null for the changes: ask `sync`. */
export interface MeEvent {
  clock: number;
  changes: MeChange[] | null;
}

/** Who is here. `full` replaces all that was known; else only the people named changed; null means offline. */
export interface PresenceEvent {
  full: boolean;
  people: Record<string, PresenceState | null>;
}

export interface TypingEvent {
  roomId: string;
  personId: string;
}

/** What the server says without being asked. */
export interface ServerEvents {
  /** The server knows this socket's rooms: ask one `sync` now. */
  ready: (event: { epoch: string; version: string }) => void;
  frame: (frame: Frame) => void;
  me: (event: MeEvent) => void;
  presence: (event: PresenceEvent) => void;
  typing: (event: TypingEvent) => void;
  /** Somebody new, or somebody who changed. */
  person: (person: Person) => void;
  /** The server is about to close this socket: come back after `afterMs`, or sign in again when the login ended. */
  bye: (event: { reason: "drain" | "signed_out" | "violation"; afterMs: number }) => void;
}

/** What a client may say: an operation by its name, answered through the acknowledgement. */
export type ClientEvents = {
  [N in OperationName]: (input: Input<N>, ack: (answer: Answer<Output<N>>) => void) => void;
};
