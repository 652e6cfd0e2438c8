import { z } from "zod";
import type { Answer } from "./errors";
import { MeChange } from "./home";
import type { Input, OperationName, Output } from "./index";
import { Message } from "./message";
import { fields, Id } from "./operation";
import { Organization } from "./organization-settings";
import { Person } from "./person";
import { PresenceState } from "./presence";
import { ReactionChange } from "./reaction";
import { Room } from "./room";
import { ThreadSummary } from "./thread-summary";

/**
 * The changes of a room's log between two values of the room's clock: every message whose `changedSeq` is in `(from, to]`, in
 * its latest state. Apply it if `from <= clock < to`. If `from > clock`, an earlier frame was missed: call `sync`.
 */
export const Frame = fields({
  roomId: Id,
  from: z.int(),
  to: z.int(),
  rows: z.array(Message),
  /** The room, if it or its members changed in this range. */
  room: Room.nullable(),
  /** The reactions that changed in this range. Left out if there are none. */
  reactions: z.array(ReactionChange).optional(),
  /** The threads whose replies are among `rows`. Left out if there are none. */
  threads: z.array(ThreadSummary).optional(),
});
export type Frame = z.infer<typeof Frame>;

/**
 * The changes of the caller's own state in `(from, to]` of their clock, such as a room that they joined. Apply them like a
 * frame.
 */
export const MeEvent = fields({ from: z.int(), to: z.int(), changes: z.array(MeChange) });
export type MeEvent = z.infer<typeof MeEvent>;

/** People's presence. If `full` is true, it replaces the whole state, otherwise only that of these people. Null means offline. */
export const PresenceEvent = fields({ full: z.boolean(), people: z.record(Id, PresenceState.nullable()) });
export type PresenceEvent = z.infer<typeof PresenceEvent>;

/**
 * The people of the organization who changed in `(from, to]` of its clock, each in their latest state. A guest receives only the
 * people whom they may see. If `listsChanged` is true, groups or the rooms that people can find have changed: load their lists
 * again. After an administrative act, the frame can be empty: load again what administrators see. Apply it like a `Frame`.
 */
export const OrganizationFrame = fields({
  from: z.int(),
  to: z.int(),
  /** The organization itself, if its name or settings changed in this range. */
  organization: Organization.nullable(),
  people: z.array(Person),
  listsChanged: z.boolean(),
});
export type OrganizationFrame = z.infer<typeof OrganizationFrame>;

export const TypingEvent = fields({ roomId: Id, personId: Id, threadId: Id.optional() });
export type TypingEvent = z.infer<typeof TypingEvent>;

/** The events that the server sends. */
export const serverEvents = {
  /** The server has subscribed this socket to its rooms. Call `sync` once now. */
  ready: fields({ epoch: z.string(), version: z.string() }),
  frame: Frame,
  me: MeEvent,
  presence: PresenceEvent,
  typing: TypingEvent,
  organization: OrganizationFrame,
  /** The server is about to close this socket. Reconnect after `afterMs`, or sign in again if the session ended. */
  bye: fields({ reason: z.enum(["drain", "signed_out", "violation"]), afterMs: z.int() }),
};
export type ServerEvents = {
  [N in keyof typeof serverEvents]: (event: z.infer<(typeof serverEvents)[N]>) => void;
};

/** The events that a client sends: one per operation, answered by the acknowledgement. */
export type ClientEvents = {
  [N in OperationName]: (input: Input<N>, ack: (answer: Answer<Output<N>>) => void) => void;
};
