import type { Answer } from "./errors";
import type { MeChange } from "./home";
import type { Input, OperationName, Output } from "./index";
import type { Message } from "./message";
import type { Person } from "./person";
import type { PresenceState } from "./presence";
import type { Room } from "./room";

/**
 * Every row of a room's log whose `changedSeq` is in `(from, to]`, each as its latest state. Apply it if
 * `from <= clock < to`. If `from > clock`, an earlier frame was missed: call `sync`.
 */
export interface Frame {
  roomId: string;
  from: number;
  to: number;
  rows: Message[];
  /** The room, if it or its members changed in this range. */
  room: Room | null;
}

/** What changed for the person in `(from, to]` of their own clock. Apply it like a frame. If `from` is beyond your clock, call `sync`. */
export interface MeEvent {
  from: number;
  to: number;
  changes: MeChange[];
}

/** Who is present. With `full` it replaces the whole state, else it changes only these people. Null means offline. */
export interface PresenceEvent {
  full: boolean;
  people: Record<string, PresenceState | null>;
}

/**
 * The people of the organization who changed in `(from, to]` of its clock, each as their latest state; for a guest, those whom
 * they may see. Apply it like a frame. If `from` is beyond your clock, call `sync`.
 */
export interface OrganizationFrame {
  from: number;
  to: number;
  people: Person[];
}

export interface TypingEvent {
  roomId: string;
  personId: string;
}

/** The events that the server sends. */
export interface ServerEvents {
  /** The server has subscribed this socket to its rooms. Call `sync` once now. */
  ready: (event: { epoch: string; version: string }) => void;
  frame: (frame: Frame) => void;
  me: (event: MeEvent) => void;
  presence: (event: PresenceEvent) => void;
  typing: (event: TypingEvent) => void;
  organization: (frame: OrganizationFrame) => void;
  /** The server is about to close this socket. Reconnect after `afterMs`, or sign in again if the session ended. */
  bye: (event: { reason: "drain" | "signed_out" | "violation"; afterMs: number }) => void;
}

/** The events that a client sends: one per operation, answered by the acknowledgement. */
export type ClientEvents = {
  [N in OperationName]: (input: Input<N>, ack: (answer: Answer<Output<N>>) => void) => void;
};
